import { runInDurableObject } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { aQueuedConversation, conversationOf, SALES } from '../../testing/people.ts';
import { EventTable } from './event-table.ts';

const read = (stored: unknown) => stored as { seq: number; id: string };

test('[DC2] a stored message costs one row, and its retry reads only what came after it was minted', async () => {
  const { id } = await aQueuedConversation();
  await runInDurableObject(conversationOf(id), (_instance, { storage }) => {
    const log = new EventTable(storage.sql, read);
    const rowsOf = (query: string, ...bindings: (string | number)[]) => {
      const cursor = storage.sql.exec(query, ...bindings);
      cursor.toArray();
      return cursor;
    };
    for (let seq = 3; seq <= 1000; seq += 1) log.append([{ seq, id: `command-${seq}` }]);
    expect(rowsOf('INSERT INTO event VALUES (1001, ?, ?)', SALES, '{"seq":1001}').rowsWritten).toBe(
      1,
    );
    expect(log.seqOf('command-998', 995)).toBe(998);
    expect(log.seqOf('command-998', 998)).toBeNull();
    const { rowsRead } = rowsOf(
      'SELECT max(seq) AS seq FROM event WHERE seq > ? AND command_id = ?',
      995,
      'command-998',
    );
    expect(rowsRead).toBeLessThanOrEqual(7);
  });
});

test('[DC4] pages of the log are gapless and in order', async () => {
  const { id } = await aQueuedConversation();
  await runInDurableObject(conversationOf(id), (_instance, { storage }) => {
    const log = new EventTable(storage.sql, read);
    for (let seq = 3; seq <= 20; seq += 1) log.append([{ seq, id: `command-${seq}` }]);
    expect(log.after(15, 3).map(({ seq }) => seq)).toEqual([16, 17, 18]);
    expect(log.before(15, 3, Infinity).map(({ seq }) => seq)).toEqual([12, 13, 14]);
    expect(log.before(3, 10, Infinity).map(({ seq }) => seq)).toEqual([1, 2]);
  });
});
