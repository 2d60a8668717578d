// What an agent has chosen for all of their devices.

import * as v from 'valibot';

export const THEMES = ['light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** How close together things are. */
export const DENSITIES = ['comfortable', 'compact'] as const;
export type Density = (typeof DENSITIES)[number];

const timeZoneSchema = v.pipe(
  v.string(),
  v.maxLength(64),
  v.check((zone) => {
    try {
      return Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
    } catch {
      return false;
    }
  }, 'a time zone'),
);

/** `PUT /api/me/preferences`, and a part of `GET /api/workspace`. Null: as the device has it. */
export const accountPreferencesBody = v.strictObject({
  /** A tag such as `de`. One that a later version no longer speaks is as if none were chosen. */
  language: v.nullable(v.pipe(v.string(), v.regex(/^[a-z]{2,3}(-[A-Za-z]{2,4})?$/, 'a language'))),
  theme: v.nullable(v.picklist(THEMES)),
  density: v.picklist(DENSITIES),
  timeZone: v.nullable(timeZoneSchema),
  /** What becomes of the transcript when a conversation of theirs ends. */
  transcriptPdf: v.boolean(),
  transcriptEmail: v.boolean(),
});
export type AccountPreferences = v.InferOutput<typeof accountPreferencesBody>;

export const NO_PREFERENCES: AccountPreferences = {
  language: null,
  theme: null,
  density: 'comfortable',
  timeZone: null,
  transcriptPdf: false,
  transcriptEmail: false,
};
