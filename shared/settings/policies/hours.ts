// Business hours, as the settings have them.

import * as v from 'valibot';
import { isTimeZone, WEEKDAYS } from '#shared/opening-hours.ts';
import { setting } from '#shared/settings/setting.ts';
import { definePolicy } from './define.ts';

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
