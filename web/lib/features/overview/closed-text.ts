// Until when a department is closed, in words.

import { isOpen, opensAt, type Hours } from '#shared/opening-hours.ts';
import { openingText } from '#web/lib/ui/time-text.ts';
import { m } from '#messages/compiled/messages.js';

interface Reader {
  readonly locale: string;
  readonly timeZone: string;
}

/** Null while it is open. @param hours null: it always is */
export function closedText(
  hours: Hours | null,
  now: number,
  { locale, timeZone }: Reader,
): string | null {
  if (!hours || isOpen(hours, now)) return null;
  const at = opensAt(hours, now);
  if (at === null) return m.overview_closed();
  return m.overview_closed_until({ time: openingText(at, locale, timeZone) });
}
