// What those who see every department are told when one has had almost as many conversations today as it may.

import type { Ceiling } from '#shared/department.ts';
import { openingText } from '#web/lib/ui/time-text.ts';
import { m } from '#messages/compiled/messages.js';

interface Reader {
  readonly now: number;
  readonly locale: string;
  readonly timeZone: string;
}

/** Null on the next day, which starts at none. */
export function ceilingText(
  department: string,
  ceiling: Ceiling | null,
  { now, locale, timeZone }: Reader,
): string | null {
  if (ceiling === null || now >= ceiling.until) return null;
  if (ceiling.share === 'near') return m.ceiling_near({ department });
  const time = openingText(ceiling.until, locale, timeZone);
  return m.ceiling_reached({ department, time });
}
