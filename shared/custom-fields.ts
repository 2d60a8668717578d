// The fields that a workspace adds to its conversations and contacts, and what may stand in them. Pure: the server
// judges by it, and a form says by the same what is wrong.

import * as v from 'valibot';
import { compilePattern } from './linear-pattern.ts';
import { accept, refuse, type Outcome, type Refused } from './refusals.ts';
import { isBlank } from './text.ts';
import { lineSchema } from './text-schema.ts';

export const FIELD_OWNERS = ['conversation', 'contact'] as const;
export const FIELD_KINDS = ['text', 'number', 'choice', 'date'] as const;
/** Of a value, whatever its kind. */
export const FIELD_CHARACTERS = 200;

export const customFieldSchema = v.object({
  id: v.string(),
  name: v.string(),
  of: v.picklist(FIELD_OWNERS),
  kind: v.picklist(FIELD_KINDS),
  /** What a choice is made from. */
  choices: v.array(v.string()),
  /** What a text must look like, as `compilePattern` knows it; null: anything. */
  pattern: v.nullable(v.string()),
  /** Once filled in, it can't be emptied, and no form is saved without it. */
  required: v.boolean(),
  visitorMaySee: v.boolean(),
});
export type CustomField = v.InferOutput<typeof customFieldSchema>;

/** By the field's id. A field without a value is left out. */
export const fieldValuesSchema = v.record(v.string(), v.string());
export type FieldValues = v.InferOutput<typeof fieldValuesSchema>;

/** What can be written into a field, before its kind is asked. */
export const fieldValueSchema = v.pipe(lineSchema, v.maxLength(FIELD_CHARACTERS));

/** What changes, by the field's id; null takes the value away. */
export const fieldChangesSchema = v.record(
  v.pipe(v.string(), v.maxLength(40)),
  v.pipe(
    v.nullable(fieldValueSchema),
    v.transform((text) => (text === null || isBlank(text) ? null : text)),
  ),
);
export type FieldChanges = v.InferOutput<typeof fieldChangesSchema>;

export const fieldsOf = (
  fields: readonly CustomField[],
  owner: CustomField['of'],
): readonly CustomField[] => fields.filter(({ of }) => of === owner);

/** Only what differs from what is there; or why one of the values can't stand. */
export function judgeFields(
  fields: readonly CustomField[],
  before: FieldValues,
  changes: FieldChanges,
): Outcome<FieldChanges> {
  const differing = Object.entries(changes).filter(([id, value]) => value !== (before[id] ?? null));
  for (const [id, value] of differing) {
    const field = fields.find((one) => one.id === id);
    if (!field) return refuse('field.unknown', { field: id });
    const no = wrongIn(field, value);
    if (no) return no;
  }
  return accept(Object.fromEntries(differing));
}

/** Why a value can't stand in a field; null when it can. */
export function wrongIn(field: CustomField, value: string | null): Refused | null {
  const { name, kind, choices, pattern, required } = field;
  if (value === null) return required ? refuse('field.required', { field: name }) : null;
  switch (kind) {
    case 'text':
      return pattern === null || compilePattern(pattern)?.(value)
        ? null
        : refuse('field.wrong-text', { field: name });
    case 'number':
      return /^-?\d{1,15}(\.\d{1,9})?$/.test(value)
        ? null
        : refuse('field.not-a-number', { field: name });
    case 'choice':
      return choices.includes(value) ? null : refuse('field.not-a-choice', { field: name });
    case 'date':
      return isDay(value) ? null : refuse('field.not-a-date', { field: name });
  }
}

/** A day that there is, as `2026-12-24`. */
function isDay(text: string): boolean {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** The values with the changes made to them. */
export function withChanges(before: FieldValues, changes: FieldChanges): FieldValues {
  const after = { ...before, ...changes };
  return Object.fromEntries(
    Object.entries(after).flatMap(([id, value]) => (value === null ? [] : [[id, value]])),
  );
}
