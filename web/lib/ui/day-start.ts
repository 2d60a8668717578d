// When a day begins, as a date field names it.

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;

/**
 * Epoch milliseconds; null for what is no day.
 * @param day such as `2026-03-29`
 * @param later so many days after it
 */
export function dayStart(day: string, timeZone: string, later = 0): number | null {
  const midnight = DAY.test(day) ? Date.parse(`${day}T00:00:00Z`) + later * DAY_MS : NaN;
  if (Number.isNaN(midnight)) return null;
  // The first guess may be on the other side of a change of the clocks.
  const guess = midnight - offsetAt(midnight, timeZone);
  return midnight - offsetAt(guess, timeZone);
}

/** How far the clocks are ahead of UTC there and then. */
function offsetAt(at: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-CA', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
  });
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const { year, month, day, hour, minute, second } = part;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) - at;
}
