// What a form holds of custom fields: a text for each, empty for one without a value.

import {
  wrongIn,
  type CustomField,
  type FieldChanges,
  type FieldValues,
} from '#shared/custom-fields.ts';
import { refusalSentence } from '#web/lib/refusal-sentence.ts';

export type TypedFields = Readonly<Record<string, string>>;

/** What a form begins with. */
export const typedFields = (fields: readonly CustomField[], values: FieldValues): TypedFields =>
  Object.fromEntries(fields.map(({ id }) => [id, values[id] ?? '']));

const typedIn = ({ id }: CustomField, typed: TypedFields): string | null =>
  typed[id]?.trim() || null;

/** What a person reads of it; null: nothing is wrong. */
export function problemIn(field: CustomField, typed: TypedFields): string | null {
  const wrong = wrongIn(field, typedIn(field, typed));
  return wrong && refusalSentence(wrong.refusal);
}

export const areRight = (fields: readonly CustomField[], typed: TypedFields): boolean =>
  fields.every((field) => wrongIn(field, typedIn(field, typed)) === null);

/** Only what was changed in the form, so that what a colleague changes meanwhile stands. */
export const typedChanges = (
  fields: readonly CustomField[],
  begun: FieldValues,
  typed: TypedFields,
): FieldChanges =>
  Object.fromEntries(
    fields
      .map((field) => [field.id, typedIn(field, typed)] as const)
      .filter(([id, value]) => value !== (begun[id] ?? null)),
  );
