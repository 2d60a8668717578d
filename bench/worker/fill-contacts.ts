// Makes a directory of many contacts at once: as visitors and agents would have left it, of two departments by turns.

import { nameKey } from '#shared/contact/name-key.ts';
import { newContactId, newConversationId, type DepartmentId } from '#shared/ids.ts';

const ROWS_AT_ONCE = 1000;
const FIRST = ['Ada', 'Åsa', 'Émile', 'Ivy', 'José', 'Mara', 'Noor', 'Oluwaseun', 'Rue', 'Zoë'];
const LAST = ['Adeyemi', 'Brown', 'García', 'Haddad', 'Lindqvist', 'Müller', 'Nguyen', 'Silva'];
const BEGUN_AT = Date.UTC(2020, 0);
const HOUR_MS = 3_600_000;
/** Most contacts wrote once; every third of them twice. */
const WROTE_TWICE = 3;

export async function fillContacts(
  db: D1Database,
  count: number,
  departments: readonly [DepartmentId, DepartmentId],
): Promise<void> {
  for (let filled = 0; filled < count; filled += ROWS_AT_ONCE) {
    const length = Math.min(ROWS_AT_ONCE, count - filled);
    const contacts = Array.from({ length }, (_, index) => contact(filled + index));
    const conversations = contacts.flatMap((one) =>
      Array.from({ length: one.index % WROTE_TWICE === 0 ? 2 : 1 }, (_, turn) => ({
        ...{ id: newConversationId(), contactId: one.id, name: one.name },
        ...{ departmentId: departments[one.index % 2], at: one.at + turn * HOUR_MS },
      })),
    );
    const put = (sql: string, rows: readonly object[]) =>
      db.prepare(sql).bind(JSON.stringify(rows));
    await db.batch([
      put(PUT_CONTACTS, contacts),
      put(PUT_EMAILS, contacts),
      put(PUT_PHONES, contacts),
      put(PUT_CONVERSATIONS, conversations),
    ]);
  }
}

/** In no order of their names or times. */
function contact(index: number) {
  const shuffled = (index * 7_919) % 1_000_003;
  const [first, last] = [FIRST[shuffled % FIRST.length], LAST[index % LAST.length]];
  const name = `${first} ${last} ${shuffled}`;
  return {
    ...{ index, id: newContactId(), name, nameKey: nameKey(name) },
    email: `${shuffled}@shop${index % 500}.example`,
    phone: `+4930${String(shuffled).padStart(7, '0')}`,
    at: BEGUN_AT + shuffled * HOUR_MS,
  };
}

const PUT_CONTACTS = `
  INSERT INTO contact (id, name, name_key, is_known, created_at, last_message_at)
  SELECT value ->> 'id', value ->> 'name', value ->> 'nameKey', 1, value ->> 'at', value ->> 'at'
  FROM json_each(?)`;
const PUT_EMAILS = `
  INSERT INTO contact_identity (kind, value, contact_id, verified, created_at)
  SELECT 'email', value ->> 'email', value ->> 'id', 0, value ->> 'at' FROM json_each(?)`;
const PUT_PHONES = `
  INSERT INTO contact_identity (kind, value, contact_id, verified, created_at)
  SELECT 'phone', value ->> 'phone', value ->> 'id', 0, value ->> 'at' FROM json_each(?)`;
const PUT_CONVERSATIONS = `
  INSERT INTO conversation (id, seq, status, department_id, channel, contact_id, log_contact_id,
    visitor_name, tags, preview, opened_at, closed_at, last_message_at)
  SELECT value ->> 'id', 1, 'closed', value ->> 'departmentId', 'livechat', value ->> 'contactId',
    value ->> 'contactId', value ->> 'name', '[]', 'Is the fern in stock?', value ->> 'at',
    value ->> 'at', value ->> 'at'
  FROM json_each(?)`;
