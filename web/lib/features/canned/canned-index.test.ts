import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CannedIndex } from './canned-index.ts';
import { aResponse, departmentOf, privateTo } from './testing.ts';

const RESPONSES = [
  aResponse('hello', 'Welcome! How can I help?'),
  aResponse('help', 'I will ask a colleague.'),
  aResponse('order-number', 'Which order is it?'),
  aResponse('rückgabe', 'Das Etikett liegt im Paket.'),
  aResponse('size', 'Our sizes run true: order the larger one.'),
  aResponse('jp', 'ご注文番号を教えてください。'),
];
const found = (typed: string) =>
  new CannedIndex(RESPONSES).search(typed, null).map(({ shortcut }) => shortcut);

test.each([
  ['hel', ['hello', 'help']],
  ['help', ['help', 'hello']],
  ['HELLO', ['hello']],
  ['number', ['order-number']],
  ['ordnm', ['order-number']],
  ['order n', ['order-number']],
  ['ruckgabe', ['rückgabe']],
  ['order', ['order-number', 'size']],
  ['larger size', ['size']],
  ['注文', ['jp']],
  ['xyz', []],
])('[CR8] “%s” finds %j, the best first', (typed, expected) => {
  expect(found(typed)).toEqual(expected);
});

test('[CR8] of equals, one’s own come first, then the department’s, then public ones', () => {
  const equals = [
    aResponse('hi', 'Elsewhere', departmentOf('support')),
    aResponse('hi', 'Public'),
    aResponse('hi', 'Here', departmentOf('sales')),
    aResponse('hi', 'Mine', privateTo('noor')),
  ];
  const { scope } = equals[2] ?? {};
  const near = scope?.kind === 'department' ? scope.departmentId : null;
  const order = new CannedIndex(equals).search('hi', near).map(({ text }) => text);
  expect(order).toEqual(['Mine', 'Here', 'Public', 'Elsewhere']);
});

test('[CR8] a shortcut that is typed whole comes first, and nothing typed finds all', () => {
  const shortcut = fc.stringMatching(/^[a-z]{1,6}(-[a-z]{1,4})?$/);
  const some = fc.uniqueArray(shortcut, { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(some, fc.nat(), (shortcuts, nth) => {
      const index = new CannedIndex(shortcuts.map((one) => aResponse(one, 'Text')));
      const wanted = shortcuts[nth % shortcuts.length] ?? '';
      expect(index.search(wanted, null)[0]?.shortcut).toBe(wanted);
      expect(index.search('', null)).toHaveLength(shortcuts.length);
    }),
  );
});
