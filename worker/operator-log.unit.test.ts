import { expect, test } from 'vitest';
import { CountedLog } from './operator-log.ts';

test('[RL6] refusals are counted by what they are of, and logged in one line a minute', () => {
  const lines: string[] = [];
  const refused = new CountedLog((line) => lines.push(line));
  refused.add('sign-in', 0);
  for (let at = 1; at < 60_000; at += 1_000) refused.add('read', at);
  refused.add('sign-in', 59_999);
  refused.add('read', 60_000);
  expect(lines).toEqual(['refused: {"sign-in":1}', 'refused: {"read":61,"sign-in":1}']);
});
