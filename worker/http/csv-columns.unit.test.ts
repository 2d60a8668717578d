import { expect, test } from 'vitest';
import type { CustomField } from '#shared/custom-fields.ts';
import { columnsOf } from '#shared/contact/import.ts';
import { locales } from '#messages/compiled/runtime.js';
import { contactColumns, conversationColumns } from './csv-columns.ts';

const SIZE: CustomField = {
  ...{ id: 'size', name: 'Shoe size', of: 'contact', kind: 'number', choices: [] },
  ...{ pattern: null, required: false, visitorMaySee: false },
};

test.each(locales)(
  '[CN23] [CN29] an import finds the columns that an export in %s has',
  (locale) => {
    const { names, fields } = contactColumns([SIZE], locale);
    const columns = columnsOf(names, [SIZE]);
    expect([...(columns?.known ?? [])]).toEqual([
      ['name', 0],
      ['emails', 1],
      ['phones', 2],
      ['manager', 3],
    ]);
    expect([...(columns?.fields ?? [])]).toEqual([['size', 7]]);
    expect(fields).toEqual(['size']);
  },
);

test('[CL7] the columns of conversations are in the language that is read', () => {
  const [en, de] = [conversationColumns([SIZE], 'en'), conversationColumns([SIZE], 'de')];
  expect(en).toEqual([
    ...['ID', 'Status', 'Contact', 'Department', 'Agent', 'Channel', 'Priority', 'SLA', 'Tags'],
    ...['Created at', 'Ended at', 'Last message', 'Last text', 'Shoe size'],
  ]);
  expect(de.slice(0, 4)).toEqual(['ID', 'Status', 'Kontakt', 'Abteilung']);
  expect(de).toHaveLength(en.length);
});
