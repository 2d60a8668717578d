// The directory: the contacts who are more than an anonymous visitor, searched, filtered and sorted (D1).

import * as v from 'valibot';
import {
  contactLineSchema,
  type ContactFilter,
  type ContactLine,
  type ContactList,
  type ContactQuery,
} from '#shared/contact/directory.ts';
import { agentRefSchema, type AgentRef } from '#shared/conversation/events.ts';
import { agentIdSchema, type ContactId } from '#shared/ids.ts';
import { contactInSight } from './contact-record.ts';
import { matching } from './contact-search.ts';
import { condition, type Condition, type Sight } from './conversation-lists.ts';

/** Each has an index of the contacts who are listed. */
const COLUMNS = {
  name: 'name_key',
  'last-message': 'last_message_at',
  created: 'created_at',
} as const satisfies Record<ContactQuery['sort'], string>;

const firstAddress = (kind: 'email' | 'phone') =>
  `(SELECT value FROM contact_identity WHERE contact_id = contact.id AND kind = '${kind}'
    ORDER BY verified DESC, created_at, value LIMIT 1)`;

const LINES = `
  SELECT contact.id AS contactId, contact.name, ${firstAddress('email')} AS email,
    ${firstAddress('phone')} AS phone, manager.id AS managerId, manager.name AS managerName,
    blocked_at AS blockedAt, created_at AS createdAt, nullif(last_message_at, 0) AS lastMessageAt
  FROM contact LEFT JOIN "user" AS manager ON manager.id = manager_id`;

const rowSchema = v.pipe(
  v.object({
    ...v.pick(contactLineSchema, [
      'contactId',
      'name',
      'email',
      'phone',
      'createdAt',
      'lastMessageAt',
    ]).entries,
    managerId: v.nullable(agentIdSchema),
    managerName: v.nullable(v.string()),
    blockedAt: v.nullable(v.number()),
  }),
  v.transform(({ managerId, managerName, blockedAt, ...line }): ContactLine => ({
    ...line,
    manager: managerId === null ? null : { id: managerId, name: managerName ?? '' },
    isBlocked: blockedAt !== null,
  })),
);
const rowsSchema = v.array(rowSchema);

/** A page of the contacts whom an agent may see, and which pages are beside it. */
export async function listContacts(
  db: D1Database,
  sight: Sight,
  query: ContactQuery,
  limit: number,
): Promise<Omit<ContactList, 'managers'>> {
  const isBackwards = query.before !== undefined;
  const column = COLUMNS[query.sort];
  const place = await placeOf(db, column, query.before ?? query.after);
  const isAscending = (query.direction === 'ascending') !== isBackwards;
  const [direction, beyond] = isAscending ? ['ASC', '>'] : ['DESC', '<'];
  const conditions = [
    ...listed(sight, query),
    ...(place ? [condition(`(${column}, contact.id) ${beyond} (?, ?)`, ...place)] : []),
  ];
  const { results } = await db
    .prepare(
      // The contacts of the page come out of an index alone, and only their rows are read.
      `${LINES} WHERE contact.id IN (
        SELECT contact.id FROM contact WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}
        ORDER BY ${column} ${direction}, contact.id ${direction} LIMIT ?)
      ORDER BY ${column} ${direction}, contact.id ${direction}`,
    )
    .bind(...conditions.flatMap(({ values }) => values), limit + 1)
    .all();
  const found = v.parse(rowsSchema, results);
  const contacts = found.slice(0, limit);
  if (isBackwards) contacts.reverse();
  const hasMore = found.length > limit;
  const hasBefore = isBackwards ? hasMore : place !== null;
  const hasAfter = isBackwards ? place !== null : hasMore;
  return {
    contacts,
    previous: hasBefore ? (contacts[0]?.contactId ?? null) : null,
    next: hasAfter ? (contacts.at(-1)?.contactId ?? null) : null,
  };
}

/** Where a contact is in the list, as it is sorted now; null for one who is gone: then the page is the first. */
async function placeOf(
  db: D1Database,
  column: string,
  id: ContactId | undefined,
): Promise<readonly [string | number, ContactId] | null> {
  if (id === undefined) return null;
  const key = await db
    .prepare(`SELECT ${column} AS key FROM contact WHERE id = ?`)
    .bind(id)
    .first<string | number>('key');
  return key === null ? null : [key, id];
}

/** Of the table `contact`. */
export function listed(sight: Sight, filter: ContactFilter): Condition[] {
  const { manager, blocked, channel, email } = filter;
  return [
    condition('is_known = 1 AND merged_into IS NULL'),
    ...(manager === undefined ? [] : [managedBy(manager)]),
    ...(blocked ? [condition(`blocked_at IS ${blocked === 'yes' ? 'NOT NULL' : 'NULL'}`)] : []),
    ...(channel ? [knownBy(channel)] : []),
    ...(email ? [email === 'yes' ? knownBy('email') : unknownBy('email')] : []),
    ...within('created_at', filter.createdFrom, filter.createdTo),
    // Who never wrote has 0.
    ...(filter.lastMessageTo === undefined ? [] : [condition('last_message_at > 0')]),
    ...within('last_message_at', filter.lastMessageFrom, filter.lastMessageTo),
    ...matching(filter.search ?? ''),
    ...contactInSight(sight),
  ];
}

const managedBy = (manager: string): Condition =>
  manager === 'none' ? condition('manager_id IS NULL') : condition('manager_id = ?', manager);

const HAS_IDENTITY =
  'EXISTS (SELECT 1 FROM contact_identity WHERE contact_id = contact.id AND kind = ?)';
const knownBy = (kind: string): Condition => condition(HAS_IDENTITY, kind);
const unknownBy = (kind: string): Condition => condition(`NOT ${HAS_IDENTITY}`, kind);

const within = (column: string, from: number | undefined, to: number | undefined): Condition[] => [
  ...(from === undefined ? [] : [condition(`${column} >= ?`, from)]),
  ...(to === undefined ? [] : [condition(`${column} < ?`, to)]),
];

/** Whom the list can be narrowed to. */
export async function listManagers(db: D1Database): Promise<AgentRef[]> {
  const { results } = await db
    .prepare(
      `SELECT id, name FROM "user" WHERE EXISTS (
        SELECT 1 FROM contact WHERE manager_id = "user".id AND is_known = 1 AND merged_into IS NULL)
      ORDER BY name, id`,
    )
    .all();
  return v.parse(v.array(agentRefSchema), results);
}
