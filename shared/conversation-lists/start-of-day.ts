// When a day begins somewhere. Pure.

const DAY_MS = 86_400_000;

/**
 * @param day such as `2026-12-24`
 * @param timeZone of which nothing is known counts as UTC
 * @param later days after that one
 */
export function startOfDay(day: string, timeZone: string, later: number): number {
  const wanted = Date.parse(`${day}T00:00:00Z`) + later * DAY_MS;
  const clock = clockIn(timeZone);
  // Where summer time begins or ends on that day, the first guess is an hour off.
  const guess = wanted - (clock(wanted) - wanted);
  return guess - (clock(guess) - wanted);
}

/** What a clock there shows at a moment, read as if it were in UTC. */
function clockIn(timeZone: string): (at: number) => number {
  const format = formatIn(timeZone);
  return (at) => {
    const parts = format.formatToParts(at).map(({ type, value }) => [type, value] as const);
    const { year, month, day, hour, minute, second } = Object.fromEntries(parts);
    return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  };
}

const PARTS: Intl.DateTimeFormatOptions = {
  ...{ year: 'numeric', month: '2-digit', day: '2-digit', hourCycle: 'h23' },
  ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
};

function formatIn(timeZone: string): Intl.DateTimeFormat {
  try {
    return Intl.DateTimeFormat('en-CA', { ...PARTS, timeZone });
  } catch {
    return Intl.DateTimeFormat('en-CA', { ...PARTS, timeZone: 'UTC' });
  }
}
