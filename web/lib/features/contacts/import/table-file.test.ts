import { expect, test } from 'vitest';
import type { CustomField } from '#shared/custom-fields.ts';
import { readTable as readTableWith } from './table-file.ts';

const readTable = (text: string) => readTableWith(text, []);

test('[CN23] columns are found by their names, in several languages and any order', () => {
  const table = readTable(
    'Shoe size;Telefon;E-Mail-Adresse;Nachname;Vorname\n42;+49 30 1234567;ivy@shop.example;Green;Ivy',
  );
  expect(table?.ignored).toEqual(['Shoe size']);
  expect(table?.rows).toMatchObject([
    {
      line: 2,
      row: { name: 'Ivy Green', emails: 'ivy@shop.example', phones: '+49 30 1234567', manager: '' },
      wrong: null,
    },
  ]);
});

test('[CN23] a file without a column for the name is not read', () => {
  expect(readTable('E-mail,Phone\nivy@shop.example,1')).toBeNull();
  expect(readTable('')).toBeNull();
});

test('[CN24] what an earlier row has, a broken row and one that is too long are told', () => {
  const long = 'x'.repeat(501);
  const table = readTable(
    `name,email\nIvy,ivy@shop.example\nIvy G,"IVY@shop.example, g@shop.example"\n${long},a@b.example\nRue,"r`,
  );
  expect(table?.rows.map(({ line, wrong }) => [line, wrong?.problem, wrong?.value])).toEqual([
    [2, undefined, undefined],
    [3, 'twice', 'IVY@shop.example'],
    [4, 'length', ''],
    [5, 'quotes', ''],
  ]);
});

test.each([
  ['Nombre;Apellidos;Teléfono\nIvy;Green;1', 'Ivy Green', '1'],
  ['Prénom;Nom de famille;TÉLÉPHONE\nIvy;Green;1', 'Ivy Green', '1'],
  ['Ad;Soyad;Telefon numarası\nIvy;Green;1', 'Ivy Green', '1'],
  ['Ivy;Imię;Nazwisko;E-mail\n;Ivy;Green;1', 'Ivy Green', ''],
  ['الإسم;الهاتف\nIvy Green;1', 'Ivy Green', '1'],
])('[CN23] %j is read in the words of its language', (text, name, phones) => {
  expect(readTable(text)?.rows).toMatchObject([{ row: { name, phones } }]);
});

test('[CN29] a column that is called like an own field, or by its id, is that field', () => {
  const field: Omit<CustomField, 'id' | 'name'> = {
    ...{ of: 'contact', kind: 'text', choices: [], pattern: null },
    ...{ required: false, visitorMaySee: false },
  };
  const fields = [
    { ...field, id: 'shoe-size', name: 'Shoe size' },
    { ...field, id: 'plan', name: 'Phone' },
  ];
  const file = 'Name,SHOE SIZE,plan,Phone\nIvy,42,Gold,1\nRue,,,';
  const table = readTableWith(file, fields);
  expect(table?.ignored).toEqual([]);
  expect(table?.rows.map(({ row }) => [row.phones, row.fields])).toEqual([
    ['1', { 'shoe-size': '42', plan: 'Gold' }],
    ['', {}],
  ]);
  const long = readTableWith(`Name,Shoe size\nIvy,${'x'.repeat(501)}`, fields);
  expect(long?.rows[0]?.wrong?.problem).toBe('length');
});
