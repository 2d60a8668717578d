import * as fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { agentIdSchema } from '#shared/ids.ts';
import { hasMention, mentionBefore, mentionsIn, piecesOf } from './mentions.ts';

const agent = (username: string) => ({
  ...{ agentId: v.parse(agentIdSchema, `id-${username.replaceAll('.', '-')}`), name: username },
  ...{ username, departments: [], availability: 'away' as const, isFull: false },
});
const agents = ['mara', 'noor', 'theo.b', 'li', 'x.'].map(agent);
const named = (text: string) => mentionsIn(text, agents);

describe('[NT7] a name in a note', () => {
  test.each<[string, string[]]>([
    ['@mara, can you look?', ['id-mara']],
    ['Ask @mara.', ['id-mara']],
    ['(@noor and @mara) @noor', ['id-noor', 'id-mara']],
    ['@Theo.B knows', ['id-theo-b']],
    ['@theo.b. Thanks', ['id-theo-b']],
    ['Write to info@mara', []],
    ['mara@noor.example', []],
    ['@@mara', []],
    ['@nobody', []],
    ['@marathon', []],
    ['Мама@mara', []],
    ['', []],
  ])('%j', (text, expected) => {
    expect(named(text)).toEqual(expected);
  });

  test('is marked in the text, which loses nothing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('@mara', '@theo.b', '.', ' ', 'a', '@', '-', '\n', 'é', '🙂')),
        (parts) => {
          const text = parts.join('');
          const pieces = piecesOf(text);
          expect(pieces.map((piece) => piece.text).join('')).toBe(text);
          if (!hasMention(text)) expect(pieces.some(({ isMention }) => isMention)).toBe(false);
          expect(pieces.every((piece) => piece.text !== '')).toBe(true);
        },
      ),
    );
  });
});

describe('[NT7] a name that is being written', () => {
  test.each<[string, ReturnType<typeof mentionBefore>]>([
    ['@|', { from: 0, name: '' }],
    ['Hello @Ma|', { from: 6, name: 'ma' }],
    ['Hello @ma| and more', { from: 6, name: 'ma' }],
    ['Hello @mara |', null],
    ['info@ma|', null],
    ['|@mara', null],
  ])('%s', (marked, expected) => {
    const cursor = marked.indexOf('|');
    expect(mentionBefore(marked.replace('|', ''), cursor)).toEqual(expected);
  });
});
