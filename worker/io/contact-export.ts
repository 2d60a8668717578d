// The directory as lines of a file (D1).

import * as v from 'valibot';
import type { ContactFilter } from '#shared/contact/directory.ts';
import { fieldValuesSchema } from '#shared/custom-fields.ts';
import { contactIdSchema } from '#shared/ids.ts';
import { csvLine, CSV_START } from '#shared/csv.ts';
import { listed } from './contact-list.ts';
import { condition, type Sight } from './conversation-lists.ts';

/** Contacts of one query: an export of any length holds this many at a time. */
const PAGE = 1000;

export interface ContactColumns {
  /** The line of their names. An import reads the same. */
  readonly names: readonly string[];
  /** The ids of the workspace's own fields, which come last. */
  readonly fields: readonly string[];
}

const addresses = (kind: 'email' | 'phone') =>
  `(SELECT group_concat(value, ', ') FROM (SELECT value FROM contact_identity
    WHERE contact_id = contact.id AND kind = '${kind}' ORDER BY verified DESC, created_at, value))`;

const LINES = `
  SELECT contact.id, name_key AS nameKey, contact.name, ${addresses('email')} AS emails,
    ${addresses('phone')} AS phones, manager.username AS manager, blocked_at AS blockedAt,
    created_at AS createdAt, last_message_at AS lastMessageAt, custom_fields AS fields
  FROM contact LEFT JOIN "user" AS manager ON manager.id = manager_id`;

const rowSchema = v.object({
  id: contactIdSchema,
  nameKey: v.string(),
  name: v.string(),
  emails: v.nullable(v.string()),
  phones: v.nullable(v.string()),
  manager: v.nullable(v.string()),
  blockedAt: v.nullable(v.number()),
  createdAt: v.number(),
  lastMessageAt: v.number(),
  fields: v.pipe(v.string(), v.parseJson(), fieldValuesSchema),
});
type Row = v.InferOutput<typeof rowSchema>;
const rowsSchema = v.array(rowSchema);

/** Every contact whom the agent may see and the filter lets through, by name, page after page. */
export async function* exportContacts(
  db: D1Database,
  sight: Sight,
  filter: ContactFilter,
  { names, fields }: ContactColumns,
): AsyncGenerator<string, undefined> {
  let last: Row | undefined;
  let page: Row[];
  yield CSV_START + csvLine(names);
  do {
    page = await pageAfter(db, sight, filter, last);
    yield page.map((row) => lineOf(row, fields)).join('');
    last = page.at(-1);
  } while (page.length === PAGE);
}

async function pageAfter(
  db: D1Database,
  sight: Sight,
  filter: ContactFilter,
  last: Row | undefined,
): Promise<Row[]> {
  const conditions = [
    ...listed(sight, filter),
    ...(last ? [condition('(name_key, contact.id) > (?, ?)', last.nameKey, last.id)] : []),
  ];
  const { results } = await db
    .prepare(
      `${LINES} WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}
      ORDER BY name_key, contact.id LIMIT ${PAGE}`,
    )
    .bind(...conditions.flatMap(({ values }) => values))
    .all();
  return v.parse(rowsSchema, results);
}

const lineOf = (row: Row, fields: readonly string[]): string => {
  const { name, emails, phones, manager, blockedAt, createdAt, lastMessageAt } = row;
  return csvLine([
    ...[name, emails ?? '', phones ?? '', manager ?? ''],
    ...[blockedAt === null ? '' : dateOf(blockedAt), dateOf(createdAt)],
    lastMessageAt === 0 ? '' : dateOf(lastMessageAt),
    ...fields.map((id) => row.fields[id] ?? ''),
  ]);
};

const dateOf = (at: number): string => new Date(at).toISOString();
