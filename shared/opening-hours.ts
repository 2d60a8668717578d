// When a department is open. Pure. Time zones and daylight saving are the platform's (Intl), so that no date library is
// needed. Apart from the settings' schema, which pages do without.

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

export interface Hours {
  readonly time_zone: string;
  /** From each day's name to its spans, such as ["09:00-12:30", "13:30-18:00"]. */
  readonly week: { readonly [Day in (typeof WEEKDAYS)[number]]?: readonly string[] | undefined };
  /** Such as "2026-12-25". */
  readonly holidays: readonly string[];
}

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

/** Whether the platform knows it, as in the IANA database: "Europe/Berlin". */
export function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}

/** What a clock in the time zone shows, in minutes since midnight. @param at epoch milliseconds */
export const minuteOfDay = (timeZone: string, at: number): number => wallTime(timeZone, at).minute;

/** The spans of a day, in minutes since midnight; the end is not in the span. */
function spansOf({ week, holidays }: Hours, { date, weekday }: WallTime): [number, number][] {
  if (holidays.includes(date)) return [];
  return (week[weekday] ?? []).map((span) => {
    const [from = '', to = ''] = span.split('-');
    return [minuteOf(from), minuteOf(to)];
  });
}

/** @param text such as "09:30" */
export function minuteOf(text: string): number {
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
