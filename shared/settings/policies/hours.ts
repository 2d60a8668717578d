// Business hours: when a department is open. Pure. Time zones and daylight saving are the platform's (Intl),
// so that no date library is needed.

import * as v from 'valibot';
import { setting } from '#shared/settings/setting.ts';
import { definePolicy } from './define.ts';

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}

/** "HH:MM" sorts as text. */
function endsLater(span: string): boolean {
  const [from = '', to = ''] = span.split('-');
  return from < to;
}

const span = setting(
  'a span such as "09:00-17:30"',
  v.pipe(
    v.string(),
    v.regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/),
    v.check(endsLater),
  ),
);

const table = v.strictObject({
  /** As in the IANA database: "Europe/Berlin". */
  time_zone: setting('an IANA time zone', v.pipe(v.string(), v.check(isTimeZone))),
  /** From each day's name to its spans, such as ["09:00-12:30", "13:30-18:00"]. A day left out is closed. */
  week: v.partial(v.strictObject(v.entriesFromList(WEEKDAYS, v.array(span, 'a list of spans')))),
  /** Days on which nobody works. */
  holidays: v.optional(
    v.array(
      setting('a day such as "2026-12-25"', v.pipe(v.string(), v.isoDate())),
      'a list of days',
    ),
    [],
  ),
});
export type Hours = v.InferOutput<typeof table>;

/** Without the table, a department is always open. */
export const hours = definePolicy({
  table,
  workspace: v.optional(table),
  merge(common, own) {
    const { time_zone, week, holidays = [] } = { ...common, ...own };
    return time_zone && week ? { time_zone, week, holidays } : undefined;
  },
  mistakes({ policy, own, ownKey }) {
    if (!own || policy) return [];
    // Half of them would mean none: always open.
    return own.week
      ? [{ key: `${ownKey}.time_zone`, allowed: 'an IANA time zone' }]
      : [{ key: `${ownKey}.week`, allowed: 'a table of days' }];
  },
});

const MINUTE_MS = 60_000;
const QUARTER_MINUTES = 15;
const DAY_MINUTES = 24 * 60;
/** How far ahead an opening is looked for: longer than any holidays. */
const HORIZON_MS = 62 * DAY_MINUTES * MINUTE_MS;

/** A clock on a wall in the time zone. */
interface WallTime {
  /** As "2026-12-25". */
  readonly date: string;
  readonly weekday: (typeof WEEKDAYS)[number];
  /** Since midnight. */
  readonly minute: number;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const clock =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      weekday: 'short',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
  clocks.set(timeZone, clock);
  return clock;
}

function wallTime(timeZone: string, at: number): WallTime {
  const parts = new Map(
    clockOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes): string => parts.get(name) ?? '';
  const name = part('weekday').toLowerCase();
  const weekday = WEEKDAYS.find((day) => name.startsWith(day));
  if (!weekday) throw new Error(`the platform knows no weekday ${name}`);
  return {
    date: `${part('year')}-${part('month')}-${part('day')}`,
    weekday,
    minute: Number(part('hour')) * 60 + Number(part('minute')),
  };
}

/** The spans of a day, in minutes since midnight; the end is not in the span. */
function spansOf({ week, holidays }: Hours, { date, weekday }: WallTime): [number, number][] {
  if (holidays.includes(date)) return [];
  return (week[weekday] ?? []).map((span) => {
    const [from = '', to = ''] = span.split('-');
    return [minuteOf(from), minuteOf(to)];
  });
}

function minuteOf(text: string): number {
  const [hours = '', minutes = ''] = text.split(':');
  return Number(hours) * 60 + Number(minutes);
}

/** @param hours undefined: always open. @param at epoch milliseconds */
export function isOpen(hours: Hours | undefined, at: number): boolean {
  if (!hours) return true;
  const wall = wallTime(hours.time_zone, at);
  return spansOf(hours, wall).some(([from, to]) => from <= wall.minute && wall.minute < to);
}

/**
 * When a department that is closed at `at` opens, in epoch milliseconds; null when it is open, or no
 * opening is in sight. A span that begins in an hour that summer time skips begins after it.
 */
export function opensAt(hours: Hours | undefined, at: number): number | null {
  if (!hours || isOpen(hours, at)) return null;
  let time = Math.floor(at / MINUTE_MS) * MINUTE_MS;
  for (const end = time + HORIZON_MS; time < end;) {
    const wall = wallTime(hours.time_zone, time);
    const spans = spansOf(hours, wall);
    if (spans.some(([from, to]) => from <= wall.minute && wall.minute < to)) return time;
    const toSpan = spans.map(([from]) => from - wall.minute).filter((wait) => wait > 0);
    const wait = Math.min(DAY_MINUTES - wall.minute, ...toSpan);
    const { minute } = wallTime(hours.time_zone, time + wait * MINUTE_MS);
    // Clocks are put forward and back at a quarter: on the way there, none is left out.
    const isEven = (minute - wall.minute - wait) % DAY_MINUTES === 0;
    const toQuarter = QUARTER_MINUTES - (wall.minute % QUARTER_MINUTES);
    time += (isEven ? wait : Math.min(wait, toQuarter)) * MINUTE_MS;
  }
  return null;
}
