// What an agent's SQLite holds.

import { OUTBOX_TABLE } from '../parts/outbox.ts';
import type { Schema } from '../parts/migrate.ts';
import { TIMERS_TABLE } from '../parts/timers.ts';
import { ALERT_PREFERENCES_TABLE, ALERT_TABLE } from './alert-table.ts';
import { INBOX_TABLES } from './inbox.ts';

/** Conversations that the agent has opened without a slot, until their socket there is renewed at the latest. */
const WATCHED_TABLE =
  'CREATE TABLE watched (conversation_id TEXT PRIMARY KEY, until INTEGER NOT NULL) WITHOUT ROWID';

const STEPS = [
  [
    OUTBOX_TABLE,
    TIMERS_TABLE,
    'CREATE TABLE desk (id INTEGER PRIMARY KEY CHECK (id = 1), body TEXT NOT NULL)',
    // `until`: since when the agent has it, or when one that they have not may be forgotten.
    `CREATE TABLE place (
      conversation_id TEXT PRIMARY KEY,
      seq INTEGER NOT NULL,
      status TEXT NOT NULL,
      until INTEGER NOT NULL
    ) WITHOUT ROWID`,
  ].join(';'),
  'CREATE TABLE draft (conversation_id TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID',
  // A reservation is kept beside what the conversation has said: one on hold may be about to be served.
  `ALTER TABLE place ADD COLUMN department_id TEXT NOT NULL DEFAULT '';
   ALTER TABLE place ADD COLUMN reserved_until INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE place ADD COLUMN reserved_seq INTEGER NOT NULL DEFAULT 0;
   UPDATE place SET status = 'serving' WHERE status = 'held'`,
  'ALTER TABLE place RENAME TO slot; ALTER TABLE desk RENAME TO presence',
  `ALTER TABLE slot ADD COLUMN visitor_id TEXT NOT NULL DEFAULT ''`,
  WATCHED_TABLE,
  `CREATE TABLE alert (about TEXT PRIMARY KEY); ${ALERT_PREFERENCES_TABLE}`,
  // What is on its way for a minute may be lost.
  `DROP TABLE alert; ${ALERT_TABLE}`,
  INBOX_TABLES,
];

export const SCHEMA: Schema = {
  tables: [
    OUTBOX_TABLE,
    TIMERS_TABLE,
    'CREATE TABLE presence (id INTEGER PRIMARY KEY CHECK (id = 1), body TEXT NOT NULL)',
    'CREATE TABLE draft (conversation_id TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID',
    // `until`: since when the agent has it, or when one that they have not may be forgotten.
    `CREATE TABLE slot (
      conversation_id TEXT PRIMARY KEY,
      seq INTEGER NOT NULL,
      status TEXT NOT NULL,
      until INTEGER NOT NULL,
      department_id TEXT NOT NULL DEFAULT '',
      reserved_until INTEGER NOT NULL DEFAULT 0,
      reserved_seq INTEGER NOT NULL DEFAULT 0,
      visitor_id TEXT NOT NULL DEFAULT ''
    ) WITHOUT ROWID`,
    WATCHED_TABLE,
    ALERT_TABLE,
    ALERT_PREFERENCES_TABLE,
    INBOX_TABLES,
  ].join(';'),
  steps: STEPS,
};
