import { expect, test } from 'vitest';
import { clockText, dayKey, durationText } from './time-text.ts';

const SECOND = 1000;
const HOUR = 3600 * SECOND;

test.each([
  [-5, '0s'],
  [59 * SECOND, '59s'],
  [60 * SECOND, '1m'],
  [3599 * SECOND, '59m'],
  [2 * HOUR, '2h'],
  [2 * HOUR + 300 * SECOND, '2h 5m'],
  [25 * HOUR, '1d 1h'],
])('[WS3] %i ms is %s', (durationMs, text) => {
  expect(durationText(durationMs, 'en')).toBe(text);
});

test('[WS6] a day begins at the midnight of the time zone, also where it is off by quarters', () => {
  const at = Date.UTC(2026, 2, 1, 18, 20);
  expect(dayKey(at, 'UTC')).toBe('2026-03-01');
  expect(dayKey(at, 'Asia/Kathmandu')).toBe('2026-03-02');
  expect(dayKey(at - 6 * 60 * SECOND, 'Asia/Kathmandu')).toBe('2026-03-01');
});

test('[WS20] the clock is written as the region writes it', () => {
  const at = Date.UTC(2026, 2, 1, 16, 5);
  expect(clockText(at, 'en-GB', 'UTC')).toBe('16:05');
  expect(clockText(at, 'de', 'Europe/Berlin')).toBe('17:05');
});
