import fc from 'fast-check';
import { expect, test } from 'vitest';
import { filled, gapsIn, piecesOf, PLACEHOLDERS, placeholderText } from './placeholders.ts';

test('[CR10] what is known is filled in, what is not stays as a gap', () => {
  const text =
    'Hello {{contact.name}}, {{ AGENT.name }} writes to {{contact.email}} or {{contact.phone}}.';
  const known = { 'contact.name': 'Ivy', 'agent.name': 'Noor', 'contact.email': null };
  const message = filled(text, known);
  expect(message).toBe('Hello Ivy, Noor writes to {{contact.email}} or {{contact.phone}}.');
  expect(gapsIn(message).map(({ placeholder }) => placeholder)).toEqual([
    'contact.email',
    'contact.phone',
  ]);
  expect(gapsIn(message).map(({ from, to }) => message.slice(from, to))).toEqual([
    '{{contact.email}}',
    '{{contact.phone}}',
  ]);
});

test('[CR10] what is no placeholder stays as it is, and is no gap', () => {
  const text = 'Use {{order.number}}, {contact.name} or {{}}.';
  expect(filled(text, { 'contact.name': 'Ivy' })).toBe(text);
  expect(gapsIn(text)).toEqual([]);
});

const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...PLACEHOLDERS.map(placeholderText), '{{', '}}', '{{x.y}}'),
      fc.string({ unit: 'grapheme' }),
    ),
  )
  .map((parts) => parts.join(''));

test('[CR10] a name fills a gap once, whatever it holds', () => {
  const values = fc.record(Object.fromEntries(PLACEHOLDERS.map((one) => [one, fc.string()])));
  fc.assert(
    fc.property(anyText, values, (text, known) => {
      const parts = text.split(/(\{\{\s*[a-z.]+\s*\}\})/i);
      const expected = parts.map((part) => {
        const name = PLACEHOLDERS.find((one) => placeholderText(one) === part);
        return name ? known[name]?.trim() || part : part;
      });
      expect(filled(text, known)).toBe(expected.join(''));
    }),
  );
});

test('[CR10] the pieces of a text are the text', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const pieces = piecesOf(text);
      expect(pieces.map((piece) => piece.text).join('')).toBe(text);
      expect(pieces.filter(({ isGap }) => isGap)).toHaveLength(gapsIn(text).length);
    }),
  );
});
