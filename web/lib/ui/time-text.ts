// Times and durations as people read them.

const SECOND_MS = 1000;
const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', SECOND_MS],
] as const;

const formats = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

function kept<F extends Intl.NumberFormat | Intl.DateTimeFormat>(key: string, make: () => F): F {
  // A key names one kind of format, so what is found is what `make` would have made.
  const found = formats.get(key) as F | undefined;
  if (found) return found;
  const made = make();
  formats.set(key, made);
  return made;
}

const inUnit = (unit: string, locale: string) =>
  kept(`${locale} ${unit}`, () =>
    Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'narrow' }),
  );

/** `42s`, `3m`, `2h 5m`, `4d 1h`. */
export function durationText(durationMs: number, locale: string): string {
  const left = Math.max(0, durationMs);
  const first = UNITS.findIndex(([, unitMs]) => left >= unitMs);
  const [unit, unitMs] = UNITS[first] ?? ['second', SECOND_MS];
  const whole = inUnit(unit, locale).format(Math.floor(left / unitMs));
  const next = UNITS[first + 1];
  if (!next || unit === 'minute' || unit === 'second') return whole;
  const rest = Math.floor((left % unitMs) / next[1]);
  return rest === 0 ? whole : `${whole} ${inUnit(next[0], locale).format(rest)}`;
}

/** The hour and minute. */
export function clockText(at: number, locale: string, timeZone: string): string {
  const format = () => Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone });
  return kept(`clock ${locale} ${timeZone}`, format).format(at);
}

/** The day in words, such as “Tuesday, 3 March”. */
export function dayText(at: number, locale: string, timeZone: string): string {
  const format = () =>
    Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', timeZone });
  return kept(`day ${locale} ${timeZone}`, format).format(at);
}

/** Date and time to the second, for titles. */
export function exactText(at: number, locale: string, timeZone: string): string {
  const format = () =>
    Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium', timeZone });
  return kept(`exact ${locale} ${timeZone}`, format).format(at);
}

/** The day, with its year. */
export function dateText(at: number, locale: string, timeZone: string): string {
  const format = () => Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone });
  return kept(`date ${locale} ${timeZone}`, format).format(at);
}

/** Date and time to the minute. */
export function momentText(at: number, locale: string, timeZone: string): string {
  const format = () =>
    Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone });
  return kept(`moment ${locale} ${timeZone}`, format).format(at);
}

/** The day of the week and the time, for what is near. */
export function openingText(at: number, locale: string, timeZone: string): string {
  const format = () =>
    Intl.DateTimeFormat(locale, {
      ...{ weekday: 'long', day: 'numeric', month: 'long' },
      ...{ hour: '2-digit', minute: '2-digit', timeZone },
    });
  return kept(`opening ${locale} ${timeZone}`, format).format(at);
}

/** The hour of the day it is, or how many days ago in short. */
export function listTimeText(at: number, now: number, locale: string, timeZone: string): string {
  if (dayKey(at, timeZone) === dayKey(now, timeZone)) return clockText(at, locale, timeZone);
  const format = () => Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone });
  return kept(`list ${locale} ${timeZone}`, format).format(at);
}

const QUARTER_MS = 900_000;
const days = new Map<string, string>();

/** The same for all moments of one day there. */
export function dayKey(at: number, timeZone: string): string {
  // Every zone's midnight falls on a quarter of an hour, so a quarter has one day.
  const quarter = `${Math.floor(at / QUARTER_MS)} ${timeZone}`;
  const found = days.get(quarter);
  if (found !== undefined) return found;
  const format = () => Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone });
  const day = kept(`key ${timeZone}`, format).format(at);
  if (days.size > 20_000) days.clear();
  days.set(quarter, day);
  return day;
}
