import { expect, test } from 'vitest';
import { readTable } from './table-file.ts';

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
