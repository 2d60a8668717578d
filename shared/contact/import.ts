// Contacts out of a table: what its columns mean, and what becomes of each row.

import * as v from 'valibot';
import type { CustomField } from '#shared/custom-fields.ts';
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
  /** Of the workspace's own fields, by their ids. */
  fields: v.optional(v.record(v.pipe(v.string(), v.maxLength(40)), cell), {}),
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
  'field',
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

/** How people name them, in the languages of the workspace; an export says the first of a language. */
const HEADERS: Readonly<Record<Column, string>> = {
  name: `Name, Full name, Display name, Contact, Contact name, Kontakt, Nombre, Nombre completo, Nom, Nom complet, Nome,
    Nome completo, Naam, Nazwa, Imię i nazwisko, Ad, Ad soyad, Ad Soyadı, الاسم, الاسم الكامل, 名前, お名前, 氏名, 姓名`,
  firstName: `First name, Given name, Vorname, Nombre de pila, Prénom, Nome di battesimo, Primeiro nome, Voornaam, Imię,
    Adı, الاسم الأول, 名, 名字`,
  lastName: `Last name, Surname, Family name, Nachname, Familienname, Apellido, Apellidos, Nom de famille, Cognome,
    Sobrenome, Achternaam, Nazwisko, Soyad, Soyadı, اسم العائلة, 姓`,
  emails: `Email, Emails, Email address, Mail, E-Mail-Adresse, E-Mail-Adressen, Correo electrónico, Correo, Courriel,
    Adresse e-mail, Indirizzo email, Endereço de e-mail, E-mailadres, Adres e-mail, E-posta, E-posta adresi,
    البريد الإلكتروني, メールアドレス, メール, 邮箱, 电子邮件`,
  phones: `Phone, Phones, Phone number, Telephone, Mobile, Mobile phone, Tel, Telefon, Telefonnummer, Telefonnummern,
    Mobil, Handy, Teléfono, Móvil, Téléphone, Portable, Telefono, Cellulare, Telefone, Celular, Telefoon,
    Telefoonnummer, Numer telefonu, Telefon numarası, الهاتف, رقم الهاتف, 電話番号, 電話, 电话, 手机`,
  manager: `Manager, Contact manager, Owner, Agent, Kontaktmanager, Betreuung, Kontaktverantwortung,
    Responsable del contacto, Responsable du contact, Responsabile del contatto, Responsável pelo contato,
    Contactbeheerder, Opiekun kontaktu, Kişi sorumlusu, مسؤول جهة الاتصال, 連絡先の担当者, 联系人负责人`,
};

/** Without case, accents and what is between the letters. */
const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}]/gu, '');

const NAMES = new Map(
  COLUMNS.flatMap((column) =>
    HEADERS[column].split(',').map((name) => [plain(name), column] as const),
  ),
);

/** Where each column is. */
export interface Columns {
  readonly known: ReadonlyMap<Column, number>;
  /** Of the workspace's own fields, by their ids. */
  readonly fields: ReadonlyMap<string, number>;
}

/** The first of several that mean the same. Null: none of them is a name. */
export function columnsOf(
  header: readonly string[],
  fields: readonly Pick<CustomField, 'id' | 'name'>[],
): Columns | null {
  const known = new Map<Column, number>();
  const own = new Map<string, number>();
  for (const [at, text] of header.entries()) {
    const column = NAMES.get(plain(text));
    if (column && !known.has(column)) known.set(column, at);
    else {
      const called = text.trim().toLowerCase();
      const field = fields.find(({ id, name }) => [id, name.toLowerCase()].includes(called));
      if (field && !own.has(field.id)) own.set(field.id, at);
    }
  }
  const isNamed = known.has('name') || known.has('firstName') || known.has('lastName');
  return isNamed ? { known, fields: own } : null;
}

/** The row of a table's cells. */
export function rowOf(
  cells: readonly string[],
  { known, fields }: Columns,
): Omit<ImportRow, 'contactId'> {
  const cell = (at: number | undefined): string => cells[at ?? -1]?.trim() ?? '';
  const at = (column: Column): string => cell(known.get(column));
  return {
    name: nameOf(at('name'), at('firstName'), at('lastName')),
    emails: at('emails'),
    phones: at('phones'),
    manager: at('manager'),
    fields: Object.fromEntries(
      [...fields].flatMap(([id, column]) => {
        const text = cell(column);
        return text === '' ? [] : [[id, text] as const];
      }),
    ),
  };
}

/** In some languages the first name is called the name, where there is a last one beside it. */
const nameOf = (name: string, first: string, last: string): string =>
  name !== '' && (first !== '' || last === '') ? name : `${first || name} ${last}`.trim();

/** Several addresses in one cell are apart by commas, semicolons or lines. */
export const addressesIn = (text: string): string[] =>
  text
    .split(/[,;\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
