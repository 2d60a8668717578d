// When a day of the calendar begins and ends, in a time zone.

import { dayKey } from '#web/lib/ui/time-text.ts';

const QUARTER_MS = 900_000;
/** No place is further from UTC, day-light saving time included. */
const FURTHEST_MS = 15 * 3_600_000;
const DAY_MS = 86_400_000;

/** @param day such as `2026-11-28` */
export function daySpan(day: string, timeZone: string): { from: number; to: number } {
  const at = Date.parse(`${day}T00:00:00Z`);
  const next = new Date(at + DAY_MS).toISOString().slice(0, 10);
  return { from: beginningOf(day, timeZone), to: beginningOf(next, timeZone) };
}

/** The first quarter of an hour that is of that day: all days begin with one, whatever the clock is set to. */
function beginningOf(day: string, timeZone: string): number {
  const noon = Date.parse(`${day}T00:00:00Z`);
  let [before, from] = [noon - FURTHEST_MS, noon + FURTHEST_MS];
  while (from - before > QUARTER_MS) {
    const middle = before + Math.floor((from - before) / 2 / QUARTER_MS) * QUARTER_MS;
    if (dayKey(middle, timeZone) < day) before = middle;
    else from = middle;
  }
  return from;
}
