import { expect, test } from 'vitest';
import { rules } from '#shared/testing/decisions.ts';
import { areRight, problemIn, typedChanges, typedFields } from './typed-fields.ts';

const { customFields: fields } = rules({
  custom_fields: [
    { id: 'order', name: 'Order', of: 'conversation', pattern: '\\d{4}', required: true },
    { id: 'due', name: 'Due', of: 'conversation', kind: 'date' },
  ],
});

test('[RI4] a form holds every field, and says what is wrong with one', () => {
  const begun = typedFields(fields, { due: '2026-12-24' });
  expect(begun).toEqual({ order: '', due: '2026-12-24' });
  expect(areRight(fields, begun)).toBe(false);
  const problems = fields.map((field) => problemIn(field, { ...begun, order: '12' }));
  expect(problems).toEqual([
    'Order does not look as it should. Check what you have entered.',
    null,
  ]);
  expect(areRight(fields, { ...begun, order: ' 1234 ' })).toBe(true);
});

test('[RI4] only what was changed in the form is saved', () => {
  const stored = { order: '1234', due: '2026-12-24' };
  const begun = typedFields(fields, stored);
  expect(typedChanges(fields, stored, begun)).toEqual({});
  expect(typedChanges(fields, stored, { ...begun, order: '1234 ' })).toEqual({});
  expect(typedChanges(fields, stored, { ...begun, due: '' })).toEqual({ due: null });
  expect(typedChanges(fields, {}, begun)).toEqual(stored);
});
