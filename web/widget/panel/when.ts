// Days and times in the widget's language, as the visitor's region writes them.

import { regionalLocale } from '#web/lib/ui/regional-locale.ts';
import { getLocale } from '#web/paraglide/runtime.js';
import { m } from '#web/paraglide/messages.js';

const DAY_MS = 86_400_000;

const written = (at: number, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(
    regionalLocale(navigator.languages.join(','), getLocale()),
    options,
  ).format(at);

export const timeText = (at: number): string => written(at, { hour: 'numeric', minute: '2-digit' });

export function dayText(at: number): string {
  const day = new Date(at).toDateString();
  if (day === new Date().toDateString()) return m.widget_today();
  if (day === new Date(Date.now() - DAY_MS).toDateString()) return m.widget_yesterday();
  const isThisYear = new Date(at).getFullYear() === new Date().getFullYear();
  return written(at, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(isThisYear ? {} : { year: 'numeric' }),
  });
}
