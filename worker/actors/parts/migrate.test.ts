import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { newConversationId } from '#shared/ids.ts';
import { SCHEMA as AGENT } from '../agent/schema.ts';
import { SCHEMA as CONVERSATION } from '../conversation/log.ts';
import { SCHEMA as DEPARTMENT } from '../department/storage.ts';
import { migrate, stepOf, type Schema } from './migrate.ts';

/** An object that has stored nothing. */
const empty = <T>(work: (storage: DurableObjectStorage) => T): Promise<T> =>
  runInDurableObject(env.CONVERSATION.getByName(newConversationId()), (_instance, { storage }) =>
    work(storage),
  );

type Column = { table: string; name: string; type: string; notnull: number; pk: number };

/** Every column of every table, in an order of its own. */
const columnsOf = ({ sql }: DurableObjectStorage): Column[] =>
  sql
    .exec<Column>(
      `SELECT m.name AS "table", c.name, c.type, c."notnull", c.pk
       FROM sqlite_master m, pragma_table_info(m.name) c
       WHERE m.type = 'table' AND m.name NOT LIKE '\\_cf%' ESCAPE '\\' ORDER BY 1, 2`,
    )
    .toArray();

const SCHEMAS: [string, Schema][] = [
  ['an agent', AGENT],
  ['a conversation', CONVERSATION],
  ['a department', DEPARTMENT],
];

test.each(SCHEMAS)(
  '[CV2] %s that is new has the tables that its steps lead to',
  async (_who, schema) => {
    const asNew = await empty((storage) => {
      migrate(storage, schema);
      return columnsOf(storage);
    });
    const [first = ''] = schema.steps;
    const asUpgraded = await empty((storage) => {
      migrate(storage, { tables: first, steps: [first] });
      migrate(storage, schema);
      expect(stepOf(storage)).toBe(schema.steps.length);
      return columnsOf(storage);
    });
    expect(asNew.length).toBeGreaterThan(3);
    expect(asUpgraded).toEqual(asNew);
  },
);
