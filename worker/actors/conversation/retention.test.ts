// What nobody took is erased some time after its end, through real actors. The alarm is rung by hand.

import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env, type DurableObject } from 'cloudflare:workers';
import { afterAll, afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { VisitorPrincipal } from '#shared/identity.ts';
import type { ConversationId } from '#shared/ids.ts';
import { eventually } from '../../testing/eventually.ts';
import { resetAll } from '../../testing/reset-all.ts';
import {
  aQueuedConversation,
  at,
  aVisitor,
  conversationOf,
  opening,
  SALES,
  stateOf,
} from '../../testing/people.ts';
import { forwardTo, onDuty, passes, served } from '../../testing/served.ts';

beforeEach(resetAll);
afterEach(() => void vi.useRealTimers());
// The next file may use the same department.
afterAll(resetAll);

const DAY_S = 24 * 3600;
const KEPT_S = 30 * DAY_S;

const idsIn = async (table: 'conversation' | 'contact'): Promise<unknown[]> =>
  (await env.DIRECTORY.prepare(`SELECT id FROM ${table}`).all()).results.map(({ id }) => id);

const erasuresLogged = async (): Promise<unknown[]> =>
  (
    await env.DIRECTORY.prepare(
      `SELECT times FROM audit WHERE action = 'conversation.erased'`,
    ).all()
  ).results.map(({ times }) => times);

/** Whether the search knows anything of it. */
async function isSearched(id: ConversationId): Promise<Record<string, boolean>> {
  const has = async (table: string, column: string) =>
    (await env.SEARCH.prepare(`SELECT 1 FROM ${table} WHERE ${column} = ?`).bind(id).first()) !==
    null;
  return {
    conversation: await has('conversation', 'id'),
    document: await has('document', 'conversation_id'),
  };
}

const tablesOf = (id: ConversationId) =>
  runInDurableObject(conversationOf(id), (_instance, { storage }) =>
    storage.sql
      .exec<{ name: string }>(
        `SELECT name FROM sqlite_master WHERE name NOT LIKE '\\_cf%' ESCAPE '\\'`,
      )
      .toArray(),
  );

const passedThroughSales = async () =>
  (await env.DEPARTMENT.getByName(SALES).conversations(null, 10)).map(
    ({ conversationId }) => conversationId,
  );

/** It has waited, and was never served. */
async function untaken(visitor: VisitorPrincipal = aVisitor()) {
  const conversation = await aQueuedConversation(visitor);
  await passes(conversation.id, DAY_S);
  expect((await stateOf(conversation.id)).status).toBe('closed');
  await eventually(async () => {
    expect(await idsIn('conversation')).toContain(conversation.id);
    expect(await idsIn('contact')).toContain(visitor.visitorId);
  });
  return { ...conversation, visitor };
}

test('[CV20] [MY19] [SR10] what no agent ever took is gone 30 days after its end, everywhere', async () => {
  const { id, visitor } = await untaken();
  await evictDurableObject(conversationOf(id));
  await passes(id, KEPT_S - 1);
  expect(await idsIn('conversation')).toEqual([id]);
  expect(await isSearched(id)).toEqual({ conversation: true, document: true });
  await evictDurableObject(conversationOf(id));
  await passes(id, 1);
  expect([await idsIn('conversation'), await idsIn('contact')]).toEqual([[], []]);
  expect(await erasuresLogged()).toEqual([1]);
  expect(await isSearched(id)).toEqual({ conversation: false, document: false });
  expect(await passedThroughSales()).toEqual([]);
  expect(await tablesOf(id)).toEqual([]);
  expect(await runDurableObjectAlarm(conversationOf(id))).toBe(false);
  expect((await conversationOf(id).snapshot(visitor)).ok).toBe(false);
});

test('[CV20] a page that still had it finds nothing, and may begin there again', async () => {
  const { id, visitor } = await untaken();
  await passes(id, KEPT_S - 60);
  const wire = await at(id, visitor);
  await passes(id, 60);
  expect(await wire.closed).toBe(4408);
  const again = await at(id, visitor);
  expect(again.events()).toEqual([]);
  await again.must(opening('Are you there by now?'));
  expect(await stateOf(id)).toMatchObject({ status: 'queued' });
  await evictDurableObject(conversationOf(id));
  expect((await at(id, visitor)).events()).toHaveLength(2);
});

test('[CV20] a contact who has another conversation stays', async () => {
  const visitor = aVisitor();
  const { id } = await untaken(visitor);
  const other = await aQueuedConversation(visitor);
  await eventually(async () => expect(await idsIn('conversation')).toContain(other.id));
  await passes(id, KEPT_S);
  expect(await idsIn('conversation')).toEqual([other.id]);
  expect(await idsIn('contact')).toEqual([visitor.visitorId]);
});

test('[CV20] what an agent had is kept, also when it went back to the queue', async () => {
  const { id, agentWire } = await served();
  await agentWire.must({ type: 'conversation.requeue' });
  await passes(id, DAY_S);
  expect(await stateOf(id)).toMatchObject({ status: 'closed', agent: null });
  await passes(id, 2 * KEPT_S);
  expect((await stateOf(id)).status).toBe('closed');
  expect(await idsIn('conversation')).toEqual([id]);
});

test('[CV20] it is erased in every department that it has been in', async () => {
  const { id } = await aQueuedConversation();
  const lead = await onDuty('Lea', { role: 'manager', departments: [SALES] });
  await (await at(id, lead)).must(forwardTo('support' as typeof SALES));
  await passes(id, DAY_S);
  await passes(id, KEPT_S);
  for (const name of ['sales', 'support']) {
    expect(await env.DEPARTMENT.getByName(name).conversations(null, 10)).toEqual([]);
  }
});

test('[CV20] when the directory is down, it is tried again', async () => {
  const { id } = await untaken();
  await runInDurableObject(conversationOf(id), (instance: DurableObject) => {
    const { env: seen } = instance as unknown as { env: object }; // Protected, but there.
    const own = Object.getOwnPropertyDescriptor(seen, 'DIRECTORY');
    const down = {
      prepare: () => ({ bind: () => null }),
      batch: () => Promise.reject(new Error('down')),
    };
    Object.defineProperty(seen, 'DIRECTORY', { value: down, configurable: true });
    onTestFinished(() => void (own && Object.defineProperty(seen, 'DIRECTORY', own)));
  });
  const log = vi.spyOn(console, 'error').mockReturnValue();
  onTestFinished(() => log.mockRestore());
  await passes(id, KEPT_S);
  expect(log).toHaveBeenCalledWith('erasing: will be tried again', id, 'Error: down');
  await evictDurableObject(conversationOf(id));
  expect((await stateOf(id)).status).toBe('closed');
});
