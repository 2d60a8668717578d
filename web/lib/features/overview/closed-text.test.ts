import { expect, test } from 'vitest';
import { closedText } from './closed-text.ts';

const reader = { locale: 'en-GB', timeZone: 'UTC' };
const hours = { time_zone: 'UTC', week: { mon: ['09:00-17:00'] }, holidays: [] };
const at = (iso: string) => Date.parse(iso);

test('[WS51] a department that is closed says until when, in the reader’s time zone', () => {
  expect(closedText(hours, at('2026-11-27T12:00:00Z'), reader)).toBe(
    'Closed until Monday 30 November at 09:00',
  );
  const inBerlin = { ...reader, timeZone: 'Europe/Berlin' };
  expect(closedText(hours, at('2026-11-27T12:00:00Z'), inBerlin)).toContain('10:00');
  expect(closedText({ ...hours, week: {} }, at('2026-11-27T12:00:00Z'), reader)).toBe('Closed');
});

test('[WS51] one that is open, or has no hours, says nothing', () => {
  expect(closedText(hours, at('2026-11-30T09:00:00Z'), reader)).toBeNull();
  expect(closedText(null, 0, reader)).toBeNull();
});
