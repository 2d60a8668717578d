// Makes a log long at once: rows as `message.send` would have left them.

import { textBody } from '#shared/conversation/body.ts';

/** Rows for one statement; each has three values, and SQLite here takes a hundred. */
const ROWS_AT_ONCE = 30;

type Row = { seq: number; body: string };

export function fillLog(storage: DurableObjectStorage, count: number): void {
  storage.transactionSync(() => {
    const last = storage.sql
      .exec<Row>('SELECT seq, body FROM event ORDER BY seq DESC LIMIT 1')
      .one();
    // The log's last event is a message: its copies differ by what tells messages apart.
    const like = JSON.parse(last.body) as { type: string };
    for (let filled = 0; filled < count; filled += ROWS_AT_ONCE) {
      const rows = Array.from({ length: Math.min(ROWS_AT_ONCE, count - filled) }, (_, index) => {
        const seq = last.seq + filled + index + 1;
        const id = crypto.randomUUID();
        const text = `Message ${seq}: is the fern in stock, and does it like the shade?`;
        return [seq, id, JSON.stringify({ ...like, seq, id, body: textBody(text) })];
      });
      const values = rows.map(() => '(?, ?, ?)').join(', ');
      storage.sql.exec(`INSERT INTO event VALUES ${values}`, ...rows.flat());
    }
  });
}
