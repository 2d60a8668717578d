// Contacts out of a table: what its columns mean, and what becomes of each row.

import * as v from 'valibot';
import { contactIdSchema } from '#shared/ids.ts';

/** Rows of one request. */
export const IMPORT_ROWS_MOST = 200;
/** Of one cell. */
export const CELL_CHARACTERS = 500;

const cell = v.pipe(v.string(), v.maxLength(CELL_CHARACTERS));

/** A row as it stands in the table. Several addresses are in one cell. */
export const importRowSchema = v.strictObject({
  /** Of the contact that it becomes: minted by the client, so that a retry makes no second one. */
  contactId: contactIdSchema,
  name: cell,
  emails: cell,
  phones: cell,
  manager: cell,
});
export type ImportRow = v.InferOutput<typeof importRowSchema>;

/** `POST /api/contacts/import` */
export const importBody = v.strictObject({
  /** Only says what would become of the rows. */
  isDryRun: v.boolean(),
  rows: v.pipe(v.array(importRowSchema), v.maxLength(IMPORT_ROWS_MOST)),
});

/** What can be wrong with a row; `twice`: what an earlier row of the table has, too. */
export const ROW_PROBLEMS = [
  'name',
  'email',
  'phone',
  'manager',
  'addresses',
  'length',
  'quotes',
  'twice',
] as const;

const rowOutcomeSchema = v.variant('outcome', [
  /** It is a new contact, or would be. */
  v.object({ outcome: v.literal('new') }),
  /** Somebody has one of its addresses, and stays as they are. */
  v.object({
    outcome: v.literal('known'),
    value: v.string(),
    /** null: the agent may not see who it is. */
    contact: v.nullable(v.object({ contactId: contactIdSchema, name: v.string() })),
  }),
  v.object({
    outcome: v.literal('wrong'),
    problem: v.picklist(ROW_PROBLEMS),
    /** What is wrong, as it stands there. */
    value: v.string(),
  }),
]);
export type RowOutcome = v.InferOutput<typeof rowOutcomeSchema>;

/** In the order of the rows. */
export const importedBody = v.object({ outcomes: v.array(rowOutcomeSchema) });

/** What a column can hold. Names in two parts are put together. */
export const COLUMNS = ['name', 'firstName', 'lastName', 'emails', 'phones', 'manager'] as const;
export type Column = (typeof COLUMNS)[number];

/** How people name them, without what is between the letters. */
const HEADERS: Readonly<Record<Column, readonly string[]>> = {
  name: ['name', 'fullname', 'displayname', 'contact', 'contactname', 'kontakt'],
  firstName: ['firstname', 'givenname', 'vorname'],
  lastName: ['lastname', 'surname', 'familyname', 'nachname', 'familienname'],
  emails: ['email', 'emails', 'emailaddress', 'mail', 'emailadresse', 'emailadressen'],
  phones: [
    'phone',
    'phones',
    'phonenumber',
    'telephone',
    'mobile',
    'mobilephone',
    'tel',
    'telefon',
    'telefonnummer',
    'telefonnummern',
    'mobil',
    'handy',
  ],
  manager: ['manager', 'contactmanager', 'owner', 'agent', 'kontaktmanager', 'betreuung'],
};

/** Where each column is; the first of several that mean the same. Null: none of them is a name. */
export function columnsOf(header: readonly string[]): ReadonlyMap<Column, number> | null {
  const names = header.map((text) => text.toLowerCase().replace(/[^\p{L}]/gu, ''));
  const found = new Map<Column, number>();
  for (const column of COLUMNS) {
    const at = names.findIndex((name) => HEADERS[column].includes(name));
    if (at !== -1) found.set(column, at);
  }
  const isNamed = found.has('name') || found.has('firstName') || found.has('lastName');
  return isNamed ? found : null;
}

/** The row of a table's cells. */
export function rowOf(
  cells: readonly string[],
  columns: ReadonlyMap<Column, number>,
): Omit<ImportRow, 'contactId'> {
  const at = (column: Column): string => cells[columns.get(column) ?? -1]?.trim() ?? '';
  return {
    name: at('name') || `${at('firstName')} ${at('lastName')}`.trim(),
    emails: at('emails'),
    phones: at('phones'),
    manager: at('manager'),
  };
}

/** Several addresses in one cell are apart by commas, semicolons or lines. */
export const addressesIn = (text: string): string[] =>
  text
    .split(/[,;\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
