// The fields that a workspace adds to its conversations and contacts, as the settings have them.

import * as v from 'valibot';
import { FIELD_CHARACTERS, FIELD_KINDS, FIELD_OWNERS } from '#shared/custom-fields.ts';
import { slugSchema } from '#shared/ids.ts';
import { compilePattern } from '#shared/linear-pattern.ts';
import type { Mistake } from './policies/define.ts';
import { choice, flag, name, setting, uniqueBy } from './setting.ts';

const value = setting(
  `a text of 1 to ${FIELD_CHARACTERS} characters`,
  v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(FIELD_CHARACTERS)),
);

const PATTERN = String.raw`a pattern of characters, ".", classes such as [A-Z] and \d, groups, "|", and ? * + {2,6}`;

export const customFieldSetting = v.strictObject({
  /** What its values are stored by; never change it once in use. */
  id: setting('lower-case letters, digits and dashes, 40 at most', slugSchema),
  /** Its name for people. */
  name,
  /** What it belongs to. */
  of: choice(FIELD_OWNERS),
  kind: v.optional(choice(FIELD_KINDS), 'text'),
  /** Of a `choice`: what there is to choose from. */
  choices: v.optional(
    v.pipe(
      v.array(value, 'a list of texts'),
      uniqueBy((text: string) => text, 'choices that differ'),
    ),
    [],
  ),
  /** Of a `text`: what the whole of it must look like, such as '[A-Z]{2}\d{6}'. */
  pattern: v.optional(
    setting(
      PATTERN,
      v.pipe(
        v.string(),
        v.maxLength(200),
        v.check((pattern) => compilePattern(pattern) !== null),
      ),
    ),
  ),
  /** Whether it must be filled in whenever the form that it is in is saved. */
  required: v.optional(flag, false),
  /** Whether the visitor is told its value. */
  visitor_may_see: v.optional(flag, false),
});
export type CustomFieldSetting = v.InferOutput<typeof customFieldSetting>;

export const customFieldsSetting = v.optional(
  v.pipe(
    v.array(customFieldSetting, 'a list of tables with id, name and of'),
    uniqueBy(({ id, of }) => `${of} ${id}`, 'fields of one kind of record whose ids differ'),
  ),
  [],
);

/** What the table of a field as a whole shows to be wrong. */
export function mistakesInFields(fields: readonly CustomFieldSetting[]): Mistake[] {
  return fields.flatMap(({ kind, choices, pattern }, index): Mistake[] => {
    const key = `custom_fields.${index}`;
    if (kind === 'choice' && choices.length === 0) {
      return [{ key: `${key}.choices`, found: undefined, allowed: 'a list of texts' }];
    }
    if (kind !== 'choice' && choices.length > 0) {
      return [{ key: `${key}.choices`, found: choices, allowed: 'none, unless kind is "choice"' }];
    }
    return kind !== 'text' && pattern !== undefined
      ? [{ key: `${key}.pattern`, found: pattern, allowed: 'none, unless kind is "text"' }]
      : [];
  });
}
