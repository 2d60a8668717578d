// Visitors whom agents have blocked: their department is the door that stays shut.

import type { VisitorId } from '#shared/ids.ts';

export const BLOCKED_TABLE = 'CREATE TABLE blocked (visitor_id TEXT PRIMARY KEY) WITHOUT ROWID';

export class BlockedVisitors {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  has(visitorId: VisitorId): boolean {
    const query = 'SELECT 1 FROM blocked WHERE visitor_id = ?';
    return this.#sql.exec(query, visitorId).toArray().length > 0;
  }

  set(visitorId: VisitorId, isBlocked: boolean): void {
    this.#sql.exec(
      isBlocked
        ? 'INSERT OR IGNORE INTO blocked VALUES (?)'
        : 'DELETE FROM blocked WHERE visitor_id = ?',
      visitorId,
    );
  }
}
