// Days and times in the widget's language, as the visitor's region writes them.

import { regionalLocale } from '#web/lib/ui/regional-locale.ts';
import { getLocale } from '#messages/compiled/runtime.js';
import { m } from '#messages/compiled/messages.js';

const DAY_MS = 86_400_000;

export const region = () => regionalLocale(navigator.languages.join(','), getLocale());

const written = (at: number, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(region(), options).format(at);

export const timeText = (at: number): string => written(at, { hour: 'numeric', minute: '2-digit' });

/** Whole days from today, as the reader's calendar has them. */
const daysAhead = (at: number): number =>
  Math.round((new Date(at).setHours(0, 0, 0, 0) - new Date().setHours(0, 0, 0, 0)) / DAY_MS);

export function dayText(at: number): string {
  const ahead = daysAhead(at);
  if (ahead === 0) return m.widget_today();
  if (ahead === -1) return m.widget_yesterday();
  const isThisYear = new Date(at).getFullYear() === new Date().getFullYear();
  return written(at, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(isThisYear ? {} : { year: 'numeric' }),
  });
}

/** When someone is there again, in a sentence. */
export function backText(at: number): string {
  const time = timeText(at);
  const ahead = daysAhead(at);
  if (ahead > 1) return m.widget_back_on({ day: dayText(at), time });
  const day = new Intl.RelativeTimeFormat(getLocale(), { numeric: 'auto' }).format(ahead, 'day');
  return m.widget_back({ day, time });
}
