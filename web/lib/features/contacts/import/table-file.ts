// A file of contacts, as far as a page can judge it: its columns, and the rows that the server is to look at.

import {
  CELL_CHARACTERS,
  addressesIn,
  columnsOf,
  rowOf,
  type Columns,
  type ImportRow,
  type RowOutcome,
} from '#shared/contact/import.ts';
import { csvRows, type CsvRow } from '#shared/csv.ts';
import type { CustomField } from '#shared/custom-fields.ts';
import { newContactId } from '#shared/ids.ts';

export type Wrong = Extract<RowOutcome, { outcome: 'wrong' }>;

/** A row of the file; what is wrong with it needs no server to be seen. */
export interface TableRow {
  /** Where it begins in the file. */
  readonly line: number;
  readonly row: ImportRow;
  readonly wrong: Wrong | null;
}

export interface TableFile {
  readonly rows: readonly TableRow[];
  /** The names of columns that mean nothing here. */
  readonly ignored: readonly string[];
}

/** Null: no column is a name. */
export function readTable(text: string, fields: readonly CustomField[]): TableFile | null {
  const lines = csvRows(text);
  const header = lines.next().value?.cells ?? [];
  const columns = columnsOf(header, fields);
  if (!columns) return null;
  const used = new Set([...columns.known.values(), ...columns.fields.values()]);
  const seen = new Set<string>();
  return {
    rows: Array.from(lines, (line) => tableRow(line, columns, seen)),
    ignored: header.filter((name, index) => !used.has(index) && name.trim() !== ''),
  };
}

function tableRow(
  { line, cells, isUnclosed }: CsvRow,
  columns: Columns,
  seen: Set<string>,
): TableRow {
  const row = { contactId: newContactId(), ...rowOf(cells, columns) };
  const own = keysOf(row);
  const again = own.find(({ key }) => seen.has(key));
  for (const { key } of own) seen.add(key);
  const { fields, ...others } = row;
  const texts = [...Object.values(others), ...Object.values(fields)];
  const isLong = texts.some((text) => text.length > CELL_CHARACTERS);
  const wrong = isUnclosed
    ? wrongBy('quotes')
    : isLong
      ? wrongBy('length')
      : again
        ? wrongBy('twice', again.text)
        : null;
  return { line, row, wrong };
}

const wrongBy = (problem: Wrong['problem'], value = ''): Wrong => ({
  ...{ outcome: 'wrong', problem, value },
});

/** What makes two rows the same person, however it is written. */
const keysOf = ({ emails, phones }: ImportRow): { key: string; text: string }[] => [
  ...addressesIn(emails).map((text) => ({ key: text.toLowerCase(), text })),
  ...addressesIn(phones).map((text) => ({ key: text.replace(/[^+\d]/g, ''), text })),
];
