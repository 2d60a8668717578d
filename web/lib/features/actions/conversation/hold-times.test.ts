import { expect, test } from 'vitest';
import { asLocal, fromLocal, holdTimes } from './hold-times.ts';

const at = (text: string) => new Date(text).getTime();
const found = (now: string) =>
  Object.fromEntries(holdTimes(at(now)).map(({ key, at: then }) => [key, asLocal(then)]));

test('[RI9] a hold is offered for hours, until tomorrow, and until Monday', () => {
  expect(found('2026-07-01T22:30')).toEqual({
    ...{ hour: '2026-07-01T23:30', hours: '2026-07-02T01:30' },
    ...{ tomorrow: '2026-07-02T09:00', monday: '2026-07-06T09:00' },
  });
});

test.each([
  ['2026-07-05T12:00', undefined],
  ['2026-07-06T08:00', '2026-07-13T09:00'],
])('[RI9] on %s it is not offered twice', (now, monday) => {
  expect(found(now)['monday']).toBe(monday);
});

test('[RI9] another time is read in this device’s time zone', () => {
  expect(fromLocal('2026-07-01T22:30')).toBe(at('2026-07-01T22:30'));
  expect(fromLocal('')).toBeNull();
  expect(fromLocal('soon')).toBeNull();
});
