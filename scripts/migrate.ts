// Applies D1 migrations through a running Miniflare, keeping the same record as `wrangler d1 migrations apply`.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { D1Database } from '@cloudflare/workers-types';
import { unstable_splitSqlQuery as splitSqlQuery } from 'wrangler';

const record = `CREATE TABLE IF NOT EXISTS d1_migrations(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT UNIQUE,
  applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
)`;

/** Returns how many migrations were new. */
export async function migrate(database: D1Database, folder: string): Promise<number> {
  await database.prepare(record).run();
  const { results } = await database
    .prepare('SELECT name FROM d1_migrations')
    .all<{ name: string }>();
  const applied = new Set(results.map((row) => row.name));
  const files = await readdir(folder).catch(() => []);
  const fresh = files.filter((file) => file.endsWith('.sql') && !applied.has(file)).sort();

  for (const name of fresh) {
    const statements = splitSqlQuery(await readFile(join(folder, name), 'utf8'));
    await database.batch([
      ...statements.map((statement) => database.prepare(statement)),
      database.prepare('INSERT INTO d1_migrations (name) VALUES (?)').bind(name),
    ]);
  }
  return fresh.length;
}
