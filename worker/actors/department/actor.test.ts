import { evictDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { textBody } from '#shared/conversation/body.ts';
import { queueEntry } from '#shared/testing/department-entries.ts';
import { eventually } from '../../testing/eventually.ts';
import type { ConversationKey } from './queue.ts';
import {
  anAgent,
  aQueuedConversation,
  at,
  atDepartment,
  atOwnStream,
  SALES,
  SUPPORT,
  type Frame,
} from '../../testing/people.ts';

const sales = () => env.DEPARTMENT.getByName(SALES);
const about =
  (type: string, id: string) =>
  ({ events }: Frame): boolean =>
    JSON.stringify(events ?? []).includes(id) && JSON.stringify(events).includes(type);

const queueOf = (welcome: Frame | undefined) =>
  (welcome?.['state'] as { queue: { conversationId: string }[] } | undefined)?.queue ?? [];

test('[DP1] a new conversation shows in the workspaces of its department, and in no other', async () => {
  const here = await atDepartment(SALES, anAgent('Noor'));
  const there = await atDepartment(SUPPORT, anAgent('Omar', { departments: [SUPPORT] }));
  const shown = here.next(({ events }) => JSON.stringify(events ?? []).includes('A rare orchid'));
  const { wire } = await aQueuedConversation();
  await wire.command({ type: 'message.send', body: textBody('A rare orchid') });
  await shown;
  expect(JSON.stringify(there.frames)).not.toContain('A rare orchid');
});

test('[DP2] taking it clears it from every queue on screen', async () => {
  const agent = anAgent('Noor');
  await atOwnStream(agent);
  const { id } = await aQueuedConversation();
  const watcher = await atDepartment(SALES, anAgent('Mara'));
  const cleared = watcher.next(about('entry.removed', id));
  await (await at(id, agent)).command({ type: 'conversation.take' });
  await cleared;
  const later = await atDepartment(SALES, agent);
  expect(queueOf(later.frames[0]).map((entry) => entry.conversationId)).not.toContain(id);
});

test('[DP3] the queue is in order of arrival, also after an eviction', async () => {
  const made: string[] = [];
  for (let count = 0; count < 3; count += 1) made.push((await aQueuedConversation()).id);
  await evictDurableObject(sales());
  const ids = queueOf((await atDepartment(SALES, anAgent('Noor'))).frames[0]).map(
    ({ conversationId }) => conversationId,
  );
  expect(ids.filter((id) => made.includes(id))).toEqual(made);
});

test('[DP4] a late word of queueing does not bring back what has left', async () => {
  const entry = queueEntry({ seq: 2 });
  await sales().put(entry, []);
  await sales().remove(entry, 3);
  await sales().put(entry, []);
  const { frames } = await atDepartment(SALES, anAgent('Noor'));
  expect(JSON.stringify(frames)).not.toContain(entry.conversationId);
});

test('[DP5] an agent who left the department leaves its roster', async () => {
  const agent = anAgent('Mara', { departments: [SALES, SUPPORT] });
  const support = env.DEPARTMENT.getByName(SUPPORT);
  const watcher = await atDepartment(SUPPORT, anAgent('Omar', { departments: [SUPPORT] }));
  const came = watcher.next(about('roster.changed', agent.agentId));
  (await atOwnStream(agent)).close();
  await came;
  const left = watcher.next(about('roster.left', agent.agentId));
  await atOwnStream({ ...agent, departments: [SALES] });
  await left;
  const state = await support.snapshot({ ...agent, departments: [SUPPORT] });
  expect(JSON.stringify(state)).not.toContain(agent.agentId);
});

test('[DP6] a department is online while an available agent is', async () => {
  const support = env.DEPARTMENT.getByName(SUPPORT);
  const agent = anAgent('Omar', { departments: [SUPPORT] });
  const watcher = await atDepartment(SUPPORT, agent);
  const available = watcher.next(about('"available"', agent.agentId));
  await atOwnStream(agent);
  await available;
  expect((await support.status(null)).isOnline).toBe(true);
});

test('[DP7] a department knows every conversation that was ever in its queue', async () => {
  const known = async (after: ConversationKey | null = null) =>
    (await sales().conversations(after, 10_000)).map(({ conversationId }) => conversationId);
  const watcher = await atDepartment(SALES, anAgent('Noor'));
  const { id, visitor, wire } = await aQueuedConversation();
  await eventually(async () => expect(await known()).toContain(id));
  const left = watcher.next(about('entry.removed', id));
  await wire.command({ type: 'conversation.end', comment: null });
  await left;
  const all = await known();
  expect(all).toContain(id);
  const key = { conversationId: id, visitorId: visitor.visitorId };
  expect(await known(key)).toEqual(all.slice(all.indexOf(id) + 1));
});
