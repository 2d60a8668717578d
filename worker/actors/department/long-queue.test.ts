// A department in which more wait than it keeps in memory, and than agents see.

import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { inQueueOrder, QUEUE_IN_SIGHT, type QueueEntry } from '#shared/department.ts';
import { newConversationId, newVisitorId } from '#shared/ids.ts';
import { queueEntry } from '#shared/testing/department-entries.ts';
import { resetAll } from '../../testing/reset-all.ts';
import { anAgent, atDepartment, queueIn, SALES, type Frame } from '../../testing/people.ts';
import { migrate } from '../parts/migrate.ts';
import { DepartmentStorage, SCHEMA } from './storage.ts';

beforeEach(resetAll);
// The next file may use the same department.
afterAll(resetAll);

const sales = () => env.DEPARTMENT.getByName(SALES);

/** In one go, as reports one by one would have left them. */
async function fill(entries: readonly QueueEntry[]): Promise<void> {
  await runInDurableObject(sales(), (_instance, { storage }) => {
    const stored = new DepartmentStorage(storage);
    storage.transactionSync(() => entries.forEach((entry) => stored.put(entry)));
  });
  await evictDurableObject(sales());
}

const inLine = (count: number): QueueEntry[] =>
  Array.from({ length: count }, (_, index) => queueEntry({ openedAt: index + 1 }));

const idsOf = (entries: readonly QueueEntry[]) =>
  entries.map(({ conversationId }) => conversationId);

const about =
  (type: string, { conversationId }: QueueEntry) =>
  ({ events }: Frame): boolean =>
    JSON.stringify(events ?? []).includes(type) &&
    JSON.stringify(events ?? []).includes(conversationId);

test('[DP8] the storage has the order of the queue, also beyond what is kept in memory', async () => {
  const entries = Array.from({ length: 2_500 }, (_, index) =>
    queueEntry({
      rank: index % 3,
      dueAt: index % 4 === 0 ? null : (index * 7919) % 13,
      openedAt: (index * 104_729) % 997,
    }),
  );
  await fill(entries);
  const sorted = entries.toSorted(inQueueOrder);
  await runInDurableObject(sales(), (_instance, { storage }) => {
    const stored = new DepartmentStorage(storage);
    expect(stored.length()).toBe(2_500);
    expect(idsOf(stored.page(null, 3_000))).toEqual(idsOf(sorted));
    const middle = sorted[1_200];
    if (!middle) throw new Error('there are 2,500');
    expect(idsOf(stored.page(middle, 3))).toEqual(idsOf(sorted.slice(1_201, 1_204)));
    expect(stored.behind(middle)).toBe(1_299);
  });
});

test('[DP8] agents see the first of a long queue, and the next one when one of them leaves', async () => {
  const entries = inLine(2 * QUEUE_IN_SIGHT + 50);
  await fill(entries);
  expect(idsOf(await queueIn(SALES))).toEqual(idsOf(entries.slice(0, QUEUE_IN_SIGHT)));
  const watcher = await atDepartment(SALES, anAgent('Noor'));
  const [first] = entries;
  const [next, hidden] = entries.slice(QUEUE_IN_SIGHT, QUEUE_IN_SIGHT + 2);
  if (!first || !next || !hidden) throw new Error('there are more');
  const appeared = watcher.next(about('entry.appeared', next));
  await sales().put({ ...hidden, seq: 2, preview: 'Hello?' }, []);
  await sales().remove(first, 2);
  await appeared;
  expect(JSON.stringify(watcher.frames)).not.toContain(hidden.conversationId);
  expect(idsOf(await queueIn(SALES))).toEqual(idsOf(entries.slice(1, QUEUE_IN_SIGHT + 1)));
});

test('[DP8] one of the long rest can leave, or become the most urgent', async () => {
  const entries = inLine(2 * QUEUE_IN_SIGHT + 50);
  await fill(entries);
  const [last, beforeLast] = entries.slice(-2).toReversed();
  if (!last || !beforeLast) throw new Error('there are more');
  await sales().remove(beforeLast, 2);
  await sales().put({ ...last, seq: 2, rank: 0 }, []);
  expect((await queueIn(SALES))[0]).toMatchObject({ conversationId: last.conversationId });
  await sales().remove(last, 3);
  expect(idsOf(await queueIn(SALES))).toEqual(idsOf(entries.slice(0, QUEUE_IN_SIGHT)));
});

test('[DP4] what an earlier release stored waits on, in order, and leaves when its conversation says so', async () => {
  const old = { conversationId: newConversationId(), visitorName: 'Ada', queuedAt: 5, preview: '' };
  const gone = newConversationId();
  const waiting = queueEntry({ openedAt: 9, visitorId: newVisitorId() });
  const department = env.DEPARTMENT.getByName('support');
  await runInDurableObject(department, async (_instance, { storage }) => {
    const { visitorId: _, ...body } = waiting;
    await storage.deleteAll();
    const steps = SCHEMA.steps.slice(0, 2);
    migrate(storage, { tables: steps.join(';'), steps });
    const put = (id: string, seq: number, text: string) =>
      storage.sql.exec('INSERT INTO waiting VALUES (?, ?, ?)', id, seq, text);
    put(old.conversationId, 3, JSON.stringify({ ...old, seq: 3 }));
    put(waiting.conversationId, 1, JSON.stringify(body));
    storage.sql.exec('INSERT INTO passed VALUES (?, 7), (?, 2)', gone, old.conversationId);
    const stored = new DepartmentStorage(storage);
    expect(idsOf(stored.page(null, 9))).toEqual([old.conversationId, waiting.conversationId]);
    expect(stored.put(queueEntry({ conversationId: gone, seq: 7 }))).toBeNull();
    expect(stored.put({ ...waiting, seq: 2 })).toEqual({
      ...{ waited: true, isNew: false, moves: false },
    });
    expect(stored.waitingOf(waiting.visitorId ?? newVisitorId())).toBe(1);
    const key = { conversationId: old.conversationId, visitorId: newVisitorId() };
    expect(stored.remove(key, 4)?.waited).toBe(true);
    expect(stored.length()).toBe(1);
  });
});
