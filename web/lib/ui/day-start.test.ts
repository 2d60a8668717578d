import { expect, test } from 'vitest';
import { dayStart } from './day-start.ts';

test.each([
  ['2026-01-15', 'UTC', '2026-01-15T00:00:00Z'],
  ['2026-01-15', 'Europe/Berlin', '2026-01-14T23:00:00Z'],
  ['2026-07-15', 'America/New_York', '2026-07-15T04:00:00Z'],
  // The clocks change on these days, after midnight.
  ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00Z'],
  ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00Z'],
  ['2026-03-30', 'Europe/Berlin', '2026-03-29T22:00:00Z'],
  ['2026-01-15', 'Asia/Kathmandu', '2026-01-14T18:15:00Z'],
])('[CN6] %s begins in %s at %s', (day, zone, at) => {
  expect(dayStart(day, zone)).toBe(Date.parse(at));
});

test('[CN6] a day after the change of the clocks begins at midnight, too', () => {
  expect(dayStart('2026-03-29', 'Europe/Berlin', 1)).toBe(Date.parse('2026-03-29T22:00:00Z'));
});

test.each(['', 'tomorrow', '2026-13-01', '2026-1-1'])('[CN6] %j is no day', (text) => {
  expect(dayStart(text, 'UTC')).toBeNull();
});
