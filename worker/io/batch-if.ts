// Several changes that are made together, if something still is as it was read (D1).

import type { Condition } from './conversation-lists.ts';

/** False: the condition does not hold, and nothing was changed. A batch is a transaction, and one that fails does nothing. */
export async function batchIf(
  db: D1Database,
  { sql, values }: Condition,
  changes: readonly D1PreparedStatement[],
): Promise<boolean> {
  // The only way to fail that SQLite has outside of a trigger, and that no other statement comes to.
  const check = db
    .prepare(`SELECT CASE WHEN ${sql} THEN 1 ELSE abs(-9223372036854775807 - 1) END`)
    .bind(...values);
  try {
    await db.batch([check, ...changes]);
    return true;
  } catch (error) {
    if (String(error).includes('integer overflow')) return false;
    throw error;
  }
}
