import * as v from 'valibot';
import { expect, test } from 'vitest';
import { SettingsError } from '#shared/settings/parse.ts';
import type { SettingsSource } from '#shared/settings/schema.ts';
import { rules } from '#shared/testing/decisions.ts';
import { settingsWith } from '#shared/testing/settings.ts';
import { fieldChangesSchema, fieldsOf, judgeFields, withChanges } from './custom-fields.ts';

const source = {
  custom_fields: [
    {
      ...{ id: 'order', name: 'Order number', of: 'conversation' },
      ...{ pattern: '[A-Z]{2}\\d{6}', required: true, visitor_may_see: true },
    },
    { id: 'plants', name: 'Plants', of: 'conversation', kind: 'number' },
    { id: 'due', name: 'Wanted by', of: 'conversation', kind: 'date' },
    { id: 'size', name: 'Size', of: 'conversation', kind: 'choice', choices: ['Small', 'Large'] },
    { id: 'order', name: 'Orders so far', of: 'contact', kind: 'number' },
  ],
} satisfies Partial<SettingsSource>;
const { customFields } = rules(source);
const fields = fieldsOf(customFields, 'conversation');

const judged = (changes: object, before: Record<string, string> = {}) => {
  const outcome = judgeFields(fields, before, v.parse(fieldChangesSchema, changes));
  return outcome.ok ? outcome.value : outcome.refusal;
};

test('[RI1] the settings declare fields of conversations and of contacts', () => {
  expect(fields.map(({ id }) => id)).toEqual(['order', 'plants', 'due', 'size']);
  expect(fieldsOf(customFields, 'contact')).toEqual([
    {
      ...{ id: 'order', name: 'Orders so far', of: 'contact', kind: 'number', choices: [] },
      ...{ pattern: null, required: false, visitorMaySee: false },
    },
  ]);
});

const order = { id: 'order', name: 'Order', of: 'conversation' } as const;
test.each<[SettingsSource['custom_fields'], string]>([
  [[order, order], 'fields of one kind of record whose ids differ'],
  [[{ ...order, pattern: '(a' }], 'custom_fields.0.pattern: found "(a". Allowed: a pattern of'],
  [[{ ...order, kind: 'choice' }], 'custom_fields.0.choices is missing. Allowed: a list of texts.'],
  [[{ ...order, choices: ['A'] }], 'custom_fields.0.choices: found ["A"]. Allowed: none, unless'],
  [[{ ...order, kind: 'date', pattern: 'a' }], 'custom_fields.0.pattern: found "a". Allowed: none'],
])('[RI1] %j is refused', (custom_fields = [], line) => {
  expect(() => settingsWith({ custom_fields })).toThrow(SettingsError);
  expect(() => settingsWith({ custom_fields })).toThrow(line);
});

test('[RI3] what changes is kept, in its own form', () => {
  const right = { order: 'AB123456', plants: '-2.5', due: '2026-02-28', size: 'Large' };
  expect(judged(right)).toEqual(right);
  expect(judged({ plants: ' 3 ', size: '' }, { plants: '3', size: 'Small' })).toEqual({
    size: null,
  });
  expect(withChanges({ plants: '3', size: 'Small' }, { size: null, due: '2026-02-28' })).toEqual({
    ...{ plants: '3', due: '2026-02-28' },
  });
});

test.each([
  [{ order: 'AB12345' }, 'field.wrong-text', 'Order number'],
  [{ order: null }, 'field.required', 'Order number'],
  [{ order: '  ' }, 'field.required', 'Order number'],
  [{ plants: 'two' }, 'field.not-a-number', 'Plants'],
  [{ plants: '1e9' }, 'field.not-a-number', 'Plants'],
  [{ due: '2026-02-30' }, 'field.not-a-date', 'Wanted by'],
  [{ due: 'tomorrow' }, 'field.not-a-date', 'Wanted by'],
  [{ size: 'Medium' }, 'field.not-a-choice', 'Size'],
  [{ colour: 'green' }, 'field.unknown', 'colour'],
])('[RI3] %j is refused with %s, which names the field', (changes, code, field) => {
  expect(judged(changes, { order: 'AB123456' })).toEqual({ code, details: { field } });
});
