// How an agent wants to hear of what needs them. Theirs on every device; whether a device may sound or show anything
// is a matter of that device.

import * as v from 'valibot';
import { isTimeZone, minuteOf, minuteOfDay } from '#shared/opening-hours.ts';
import { ALERT_KINDS, kindOf, type AlertKind, type AlertReason } from './alert.ts';

export const ALERT_WAYS = ['sound', 'desktop', 'push'] as const;
export type AlertWay = (typeof ALERT_WAYS)[number];

export const SOUNDS = ['chime', 'bell', 'knock', 'marimba'] as const;
export type Sound = (typeof SOUNDS)[number];

const timeSchema = v.pipe(
  v.string(),
  v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as "22:00"'),
);

const quietSchema = v.strictObject({
  /** On a clock in the time zone. From the evening to the morning goes over midnight. */
  from: timeSchema,
  to: timeSchema,
  timeZone: v.pipe(v.string(), v.maxLength(60), v.check(isTimeZone, 'an IANA time zone')),
});
export type QuietHours = v.InferOutput<typeof quietSchema>;

const waysSchema = v.strictObject(v.entriesFromList(ALERT_WAYS, v.boolean()));

export const alertPreferencesSchema = v.strictObject({
  kinds: v.strictObject(v.entriesFromList(ALERT_KINDS, waysSchema)),
  sound: v.picklist(SOUNDS),
  /** In per cent. */
  volume: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100)),
  /** The sound comes again until the agent turns to it. */
  repeat: v.boolean(),
  /** null: none. */
  quiet: v.nullable(quietSchema),
});
export type AlertPreferences = v.InferOutput<typeof alertPreferencesSchema>;

const ALL_WAYS = { sound: true, desktop: true, push: true };

export const DEFAULT_PREFERENCES: AlertPreferences = {
  kinds: {
    queued: ALL_WAYS,
    assigned: ALL_WAYS,
    message: ALL_WAYS,
    mention: ALL_WAYS,
    direct: ALL_WAYS,
    sla: ALL_WAYS,
  },
  sound: 'chime',
  volume: 60,
  repeat: false,
  quiet: null,
};

/** As any version has stored them: what one did not know is as it is for everybody. */
export function readPreferences(stored: unknown): AlertPreferences {
  const known = v.safeParse(
    v.looseObject({ kinds: v.optional(v.record(v.string(), v.unknown()), {}) }),
    stored,
  );
  if (!known.success) return DEFAULT_PREFERENCES;
  const kinds = { ...DEFAULT_PREFERENCES.kinds, ...known.output.kinds };
  const whole = { ...DEFAULT_PREFERENCES, ...known.output, kinds };
  const parsed = v.safeParse(alertPreferencesSchema, whole);
  return parsed.success ? parsed.output : DEFAULT_PREFERENCES;
}

/** Whether nothing but titles and badges may tell of anything now. @param at epoch milliseconds */
export function isQuiet({ quiet }: Pick<AlertPreferences, 'quiet'>, at: number): boolean {
  if (!quiet) return false;
  const now = minuteOfDay(quiet.timeZone, at);
  const [from, to] = [minuteOf(quiet.from), minuteOf(quiet.to)];
  return from <= to ? now >= from && now < to : now >= from || now < to;
}

/** Whether an agent is told of it in this way now. */
export function isTold(
  preferences: AlertPreferences,
  reason: AlertReason,
  way: AlertWay,
  at: number,
): boolean {
  return preferences.kinds[kindOf(reason)][way] && !isQuiet(preferences, at);
}

export function withWay(
  preferences: AlertPreferences,
  kind: AlertKind,
  way: AlertWay,
  on: boolean,
): AlertPreferences {
  const kinds = { ...preferences.kinds, [kind]: { ...preferences.kinds[kind], [way]: on } };
  return { ...preferences, kinds };
}
