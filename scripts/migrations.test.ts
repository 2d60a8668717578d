// Databases of earlier versions, brought up to date by the migrations that came after.

import { readdirSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { fromRoot } from './paths.ts';

const files = readdirSync(fromRoot('migrations')).sort();

function apply(database: DatabaseSync, of: readonly string[]): void {
  for (const file of of) {
    database.exec('BEGIN');
    database.exec(readFileSync(fromRoot('migrations', file), 'utf8'));
    database.exec('COMMIT');
  }
}

/** A database as the migrations up to `last` leave it, with `rows` in it, and then brought up to date. */
function migrated(last: string, rows: string): DatabaseSync {
  const database = new DatabaseSync(':memory:');
  apply(database, files.slice(0, files.indexOf(last) + 1));
  database.exec(rows);
  apply(database, files.slice(files.indexOf(last) + 1));
  return database;
}

const VISITOR = '641cc229-003c-4aeb-aad8-814838ab666f';
const CONVERSATION = '97b3c9f9-5cf4-4c2d-b48e-942cfea3e379';

const OLD_ROWS = `
  INSERT INTO "user" ("id", "name", "email", "emailVerified", "createdAt", "updatedAt", "username", "role")
  VALUES ('mara', 'Mara', 'mara@parley.example', 1, '', '', 'mara', 'manager');
  INSERT INTO contact (id, visitor_id, name, created_at, last_seen_at, manager_id, last_agent_id)
  VALUES ('c1', '${VISITOR}', 'Iris', 10, 20, 'mara', 'mara');
  INSERT INTO contact (id, name, email, phone, created_at, last_seen_at)
  VALUES ('c2', 'Elif', 'elif@example.com', '+49 30 5550142', 30, 30);
  INSERT INTO conversation VALUES ('${CONVERSATION}', 7, 'sales', '${VISITOR}', 'Visitor 666F', 'closed', 'mara',
    'Mara', 'Hello', NULL, 100, 200);
  INSERT INTO left_message VALUES ('m1', 'sales', '${VISITOR}', 'Ivy', 'ivy@shop.example', 'Open?', 300, NULL, NULL);`;

test('[AC27] contacts keep their manager and what they are known by', () => {
  const database = migrated('0004_served_elsewhere.sql', OLD_ROWS);
  expect(database.prepare('SELECT * FROM contact ORDER BY created_at').all()).toMatchObject([
    {
      ...{ id: VISITOR, name: 'Iris', manager_id: 'mara', created_at: 10 },
      ...{ is_known: 1, name_key: 'iris', last_message_at: 200 },
    },
    {
      ...{ id: 'c2', name: 'Elif', manager_id: null, created_at: 30 },
      ...{ is_known: 1, name_key: 'elif', last_message_at: 30 },
    },
  ]);
  const identities = 'SELECT kind, value, contact_id, verified FROM contact_identity ORDER BY kind';
  expect(database.prepare(identities).all()).toEqual([
    { kind: 'email', value: 'elif@example.com', contact_id: 'c2', verified: 0 },
    { kind: 'livechat', value: VISITOR, contact_id: VISITOR, verified: 1 },
    { kind: 'phone', value: '+49 30 5550142', contact_id: 'c2', verified: 0 },
  ]);
  expect(database.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
});

test('[AC27] an agent keeps their own limit', () => {
  const limited = `${OLD_ROWS}; UPDATE "user" SET chats_at_most = 3;`;
  const database = migrated('0004_served_elsewhere.sql', limited);
  expect(database.prepare('SELECT max_conversations FROM "user"').all()).toEqual([
    { max_conversations: 3 },
  ]);
});

test('[AC27] conversations and offline messages are still there', () => {
  const database = migrated('0004_served_elsewhere.sql', OLD_ROWS);
  expect(database.prepare('SELECT * FROM conversation').all()).toMatchObject([
    {
      ...{ id: CONVERSATION, seq: 7, status: 'closed', contact_id: VISITOR, channel: 'livechat' },
      ...{ tags: '[]', priority: null, opened_at: 100, closed_at: 200, last_message_at: 200 },
    },
  ]);
  expect(database.prepare('SELECT * FROM offline_message').all()).toMatchObject([
    { id: 'm1', name: 'Ivy', sent_at: 300, done_at: null },
  ]);
});

test('[AC27] canned responses are still there, for the same people', () => {
  const columns = '(id, shortcut, text, scope, department_id, agent_id, created_at, updated_at)';
  const responses = `${OLD_ROWS}
    INSERT INTO canned_response ${columns} VALUES ('r1', 'Hi', 'Hello', 'everyone', NULL, NULL, 1, 2);
    INSERT INTO canned_response ${columns} VALUES ('r2', 'bye', 'Bye', 'department', 'sales', NULL, 1, 2);
    INSERT INTO canned_response ${columns} VALUES ('r3', 'me', 'Mine', 'agent', NULL, 'mara', 1, 2);`;
  const database = migrated('0004_served_elsewhere.sql', responses);
  const all = 'SELECT id, shortcut, text, tags, owner_id, department_id FROM canned_response';
  const row = { text: 'Hello', tags: '[]', owner_id: null, department_id: null };
  expect(database.prepare(all).all()).toEqual([
    { ...row, id: 'r1', shortcut: 'hi' },
    { ...row, id: 'r2', shortcut: 'bye', text: 'Bye', department_id: 'sales' },
    { ...row, id: 'r3', shortcut: 'me', text: 'Mine', owner_id: 'mara' },
  ]);
});
