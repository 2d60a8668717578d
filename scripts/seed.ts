// What a new database starts with, so that the first `npm start` shows something.

import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { D1Database } from '@cloudflare/workers-types';
import { nameKey } from '#shared/contact/name-key.ts';
import type { DepartmentId } from '#shared/ids.ts';
import { accountStatements } from './accounts.ts';
import { readSettings } from './configuration.ts';
import { DEMO_CANNED_RESPONSES, DEMO_CONTACTS, DEMO_PASSWORD, DEMO_PEOPLE } from './demo.ts';
import { ParleyClient } from './client/parley-client.ts';
import { fromRoot } from './paths.ts';
import { seedConversations } from './seed-conversations.ts';
import { statement, type Statement } from './sql.ts';

export { DEMO_PASSWORD, DEMO_PEOPLE } from './demo.ts';

export interface SeedContext {
  url: string;
  directory: D1Database;
}

/** Seeds a database without accounts. */
export async function seedIfEmpty(context: SeedContext): Promise<void> {
  const account = await context.directory.prepare('SELECT 1 FROM "user" LIMIT 1').first();
  if (account === null) await seed(context);
}

export async function seed({ url, directory }: SeedContext): Promise<void> {
  const departments = (await readSettings()).departments.map(({ id }) => id);
  await seedPeople(directory, departments);
  await runAll(directory, [
    ...cannedResponseStatements(departments),
    ...contactStatements(Date.now()),
  ]);
  await seedPictures(url);
  await seedConversations(url, departments);
}

/** The accounts alone, with no conversation. */
export async function seedPeople(
  directory: D1Database,
  departments: readonly DepartmentId[],
): Promise<void> {
  for (const person of DEMO_PEOPLE) {
    const { statements } = await accountStatements({
      ...person,
      departments: departments.filter((known) => person.departments.some((own) => own === known)),
      password: DEMO_PASSWORD,
    });
    await runAll(directory, statements);
  }
}

async function seedPictures(url: string): Promise<void> {
  const client = new ParleyClient(url);
  for (const { username, email } of DEMO_PEOPLE) {
    const body = await readFile(fromRoot('scripts/avatars', `${username}.png`));
    const cookie = await client.signIn(email, DEMO_PASSWORD);
    await client.request('/api/me/avatar', { method: 'PUT', headers: { cookie }, body });
    await client.request('/api/session', { method: 'DELETE', headers: { cookie } });
  }
}

function cannedResponseStatements(departments: readonly DepartmentId[]): Statement[] {
  const now = Date.now();
  return DEMO_CANNED_RESPONSES.flatMap(({ shortcut, text, department, tags = [] }) => {
    if (department !== null && !departments.some((known) => known === department)) return [];
    return statement(
      `INSERT INTO canned_response (id, shortcut, text, tags, department_id, revision, updated_at)
       VALUES (?, ?, ?, ?, ?, 1, ?)`,
      ...[randomUUID(), shortcut, text, JSON.stringify(tags), department, now],
    );
  });
}

const HOUR_MS = 60 * 60 * 1000;

function contactStatements(now: number): Statement[] {
  return DEMO_CONTACTS.flatMap(({ name, email, phone }, index) => {
    const id = randomUUID();
    const createdAt = now - (index + 1) * 7 * HOUR_MS;
    return [
      statement(
        `INSERT INTO contact (id, name, name_key, is_known, created_at, last_message_at)
        VALUES (?, ?, ?, 1, ?, ?)`,
        ...[id, name, nameKey(name), createdAt, createdAt],
      ),
      ...Object.entries({ email, phone }).flatMap(([kind, value]) =>
        value === null ? [] : [identityStatement({ contactId: id, kind, value, createdAt })],
      ),
    ];
  });
}

function identityStatement(identity: {
  contactId: string;
  kind: string;
  value: string;
  createdAt: number;
}): Statement {
  const { contactId, kind, value, createdAt } = identity;
  return statement(
    `INSERT INTO contact_identity (kind, value, contact_id, verified, created_at) VALUES (?, ?, ?, 0, ?)`,
    kind,
    value,
    contactId,
    createdAt,
  );
}

async function runAll(directory: D1Database, statements: readonly Statement[]): Promise<void> {
  await directory.batch(
    statements.map(({ sql, params }) => directory.prepare(sql).bind(...params)),
  );
}
