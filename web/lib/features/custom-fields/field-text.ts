// What stands in a custom field, in the reader's own writing of days and numbers.

import type { CustomField } from '#shared/custom-fields.ts';

export function fieldText({ kind }: CustomField, value: string, locale: string): string {
  if (kind === 'number') {
    // As many decimals as it was given with.
    const digits = value.split('.')[1]?.length ?? 0;
    return Intl.NumberFormat(locale, { minimumFractionDigits: digits }).format(Number(value));
  }
  if (kind !== 'date') return value;
  const at = Date.parse(`${value}T00:00:00Z`);
  if (Number.isNaN(at)) return value; // The field was of another kind when it was filled in.
  return Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(at);
}
