import { expect, test } from 'vitest';
import {
  DEFAULT_PREFERENCES,
  isQuiet,
  isTold,
  readPreferences,
  withWay,
  type AlertPreferences,
} from './preferences.ts';

const at = (time: string) => Date.parse(`2026-11-28T${time}:00Z`);
const quiet = (from: string, to: string, timeZone = 'UTC') => ({ quiet: { from, to, timeZone } });

test.each([
  ['22:00', '07:00', '23:30', true],
  ['22:00', '07:00', '06:59', true],
  ['22:00', '07:00', '07:00', false],
  ['22:00', '07:00', '21:59', false],
  ['12:00', '13:00', '12:30', true],
  ['12:00', '13:00', '13:00', false],
  ['12:00', '12:00', '12:00', false],
])('[AL2] quiet hours from %s to %s: at %s %s', (from, to, now, is) => {
  expect(isQuiet(quiet(from, to), at(now))).toBe(is);
});

test('[AL2] quiet hours are those of the agent’s own time zone', () => {
  const inTokyo = quiet('22:00', '07:00', 'Asia/Tokyo');
  expect([isQuiet(inTokyo, at('14:00')), isQuiet(inTokyo, at('23:00'))]).toEqual([true, false]);
  expect(isQuiet(DEFAULT_PREFERENCES, at('03:00'))).toBe(false);
});

test('[AL1] each kind is told in the ways that the agent has chosen for it', () => {
  const chosen = withWay(DEFAULT_PREFERENCES, 'assigned', 'sound', false);
  const told = (reason: Parameters<typeof isTold>[1], way: Parameters<typeof isTold>[2]) =>
    isTold(chosen, reason, way, at('12:00'));
  expect([told('assigned', 'sound'), told('invited', 'sound')]).toEqual([false, false]);
  expect([told('assigned', 'push'), told('message', 'sound')]).toEqual([true, true]);
  const asleep: AlertPreferences = { ...chosen, ...quiet('10:00', '14:00') };
  expect(isTold(asleep, 'message', 'push', at('12:00'))).toBe(false);
});

test('[AL1] what an earlier version has stored is read, and what it did not know is as for everybody', () => {
  const { mention: _, ...kinds } = DEFAULT_PREFERENCES.kinds;
  const silent = { sound: false, desktop: false, push: false };
  const stored = { ...DEFAULT_PREFERENCES, volume: 10, kinds: { ...kinds, queued: silent } };
  const read = readPreferences(stored);
  expect(read).toEqual({
    ...stored,
    kinds: { ...stored.kinds, mention: DEFAULT_PREFERENCES.kinds.mention },
  });
  for (const broken of [null, 7, { kinds: 3 }, { volume: 'loud' }]) {
    expect(readPreferences(broken)).toEqual(DEFAULT_PREFERENCES);
  }
});
