import { expect, test } from 'vitest';
import { reuseRows } from './reuse-rows.ts';
import type { MessageRow, Row } from './rows.ts';

const message = (key: string, change: Partial<MessageRow> = {}): MessageRow => ({
  kind: 'message',
  key,
  at: 1,
  text: key,
  agent: null,
  state: null,
  item: null,
  first: true,
  last: true,
  ...change,
});
const day: Row = { kind: 'day', key: 'day-1', at: 1 };

test('[WS22] only rows that say something new are made anew', () => {
  const before = [day, message('a'), message('b'), message('c', { state: 'sent' })];
  const after = [
    { ...day },
    message('a'),
    message('b', { last: false }),
    message('c', { state: 'seen' }),
    message('d'),
  ];
  const rows = reuseRows(before, after);
  expect(rows).toEqual(after);
  expect(rows.map((row, i) => row === before[i])).toEqual([true, true, false, false, false]);
});
