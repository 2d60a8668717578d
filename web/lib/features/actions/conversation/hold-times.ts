// Until when a conversation may be on hold: what one chooses most, in the agent's own time.

export interface HoldTime {
  readonly key: 'hour' | 'hours' | 'tomorrow' | 'monday';
  /** Epoch milliseconds. */
  readonly at: number;
}

const HOUR_MS = 3_600_000;
const MORNING = 9;

/** The soonest first. The day after which Monday comes is tomorrow's. */
export function holdTimes(now: number): HoldTime[] {
  const tomorrow = morning(now, 1);
  // From Monday on it is the next one.
  const monday = morning(now, (8 - new Date(now).getDay()) % 7 || 7);
  return [
    { key: 'hour', at: now + HOUR_MS },
    { key: 'hours', at: now + 3 * HOUR_MS },
    { key: 'tomorrow', at: tomorrow },
    ...(monday === tomorrow ? [] : [{ key: 'monday' as const, at: monday }]),
  ];
}

function morning(now: number, days: number): number {
  const day = new Date(now);
  day.setDate(day.getDate() + days);
  return day.setHours(MORNING, 0, 0, 0);
}

/** As a field for a day and a time has it, in this device's time. */
export function asLocal(at: number): string {
  const date = new Date(at);
  const shifted = at - date.getTimezoneOffset() * 60_000;
  return new Date(shifted).toISOString().replace(/:\d\d\.\d+Z$/, '');
}

/** Null: no moment that there is. */
export function fromLocal(text: string): number | null {
  const at = new Date(text).getTime();
  return text === '' || Number.isNaN(at) ? null : at;
}
