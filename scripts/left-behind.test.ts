import { readdirSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { leftBehind, OPEN_BY_DEPARTMENT } from './left-behind.js';
import { fromRoot } from './paths.ts';

const rowsSchema = v.array(
  v.object({ id: v.string(), conversations: v.number(), messages: v.number() }),
);

test('[DP10] the start names each department that is gone from the settings and has something left', () => {
  const database = new DatabaseSync(':memory:');
  for (const file of readdirSync(fromRoot('migrations')).sort()) {
    database.exec(readFileSync(fromRoot('migrations', file), 'utf8'));
  }
  const conversation = (id: string, department: string, closedAt: number | null) =>
    database
      .prepare(
        `INSERT INTO conversation (id, seq, status, department_id, channel, contact_id, visitor_name, tags,
          preview, opened_at, closed_at, last_message_at) VALUES (?, 1, '', ?, '', '', '', '[]', '', 1, ?, 1)`,
      )
      .run(id, department, closedAt);
  conversation('c1', 'garden', null);
  conversation('c2', 'garden', null);
  conversation('c3', 'sales', null);
  conversation('c4', 'cellar', 5);
  database.exec(
    `INSERT INTO offline_message VALUES ('m1', 'attic', '', '', '', '', 1, NULL, NULL)`,
  );
  const open = v.parse(rowsSchema, database.prepare(OPEN_BY_DEPARTMENT).all());
  expect(open.map(({ id }) => id)).toEqual(['attic', 'garden', 'sales']);
  const lines = leftBehind(open, ['sales']).split('\n');
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain('“garden”, which has open conversations (2)');
  expect(leftBehind(open, ['attic', 'garden', 'sales'])).toBe('');
});
