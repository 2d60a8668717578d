// Lists of all conversations, through the whole Worker.

import { env, exports } from 'cloudflare:workers';
import { beforeAll, expect, test } from 'vitest';
import { textBody } from '#shared/conversation/body.ts';
import type { ConversationList } from '#shared/conversation-lists/list.ts';
import { VIEWS_MOST } from '#shared/conversation-lists/saved-view.ts';
import { newCommandId } from '#shared/ids.ts';
import { putConversation, type ConversationRow } from '../../io/conversations.ts';
import { addAccount, codeOf, signedIn } from '../../testing/accounts.ts';
import { audited } from '../../testing/audited.ts';
import { aConversationRow } from '../../testing/conversation-row.ts';
import { eventually } from '../../testing/eventually.ts';
import {
  anAgent,
  aQueuedConversation,
  aServedConversation,
  atOwnStream,
  conversationOf,
  stateOf,
  SUPPORT,
} from '../../testing/people.ts';

const cookies: Record<string, string> = {};

beforeAll(async () => {
  await addAccount('sally', { departments: ['sales'] });
  await addAccount('moni', { role: 'monitor', departments: [] });
  for (const name of ['sally', 'moni']) cookies[name] = await signedIn(name);
});

const ask = (name: string, path: string, init: RequestInit = {}) =>
  exports.default.fetch(
    new Request(`https://parley.test/api${path}`, {
      ...init,
      headers: {
        ...{ cookie: cookies[name] ?? '', 'content-type': 'application/json' },
        ...init.headers,
      },
    }),
  );
const send = (name: string, method: string, path: string, body?: object) =>
  ask(name, path, { method, ...(body && { body: JSON.stringify(body) }) });

const listOf = async (name: string, query: object): Promise<ConversationList> =>
  (await ask(name, `/conversations?${String(new URLSearchParams({ ...query }))}`)).json();
const previews = async (name: string, query: object): Promise<string[]> =>
  (await listOf(name, query)).conversations.map(({ preview }) => preview);

/** By what they are called in their preview, in a channel of their own, which keeps other tests out. */
async function put(channel: string, rows: Record<string, Partial<ConversationRow>>): Promise<void> {
  for (const [preview, changes] of Object.entries(rows)) {
    await putConversation(env.DIRECTORY, aConversationRow({ channel, preview, ...changes }));
  }
}

test('[CL1] a list is narrowed by its address, and has only what the agent may see', async () => {
  const closed = { status: 'closed', agentName: 'Ada' } as const;
  await put('one', {
    a: { openedAt: 30, tags: ['Order'], lastMessageAt: 30 },
    b: { openedAt: 20, status: 'serving', lastMessageAt: 50 },
    c: { openedAt: 40, departmentId: SUPPORT, lastMessageAt: 45 },
    d: { ...closed, closedAt: 60 },
    e: { ...closed, closedAt: 70, departmentId: SUPPORT },
  });
  const channel = 'one';
  expect(await previews('moni', { channel })).toEqual(['c', 'a', 'b']);
  expect(await previews('sally', { channel })).toEqual(['a', 'b']);
  expect(await previews('moni', { channel, sort: 'oldest' })).toEqual(['b', 'a', 'c']);
  expect(await previews('moni', { channel, sort: 'last-message' })).toEqual(['b', 'c', 'a']);
  expect(await previews('moni', { channel, status: 'serving' })).toEqual(['b']);
  expect(await previews('moni', { channel, tag: 'Order' })).toEqual(['a']);
  expect(await previews('moni', { channel, state: 'closed' })).toEqual(['e', 'd']);
  expect(await previews('sally', { channel, state: 'closed', sort: 'oldest' })).toEqual(['d']);
});

test('[CL12] a first answer that is promised and missing is late, due in an hour, or due in a day', async () => {
  const minutesAgo = (minutes: number) => Date.now() - minutes * 60_000;
  await put('two', {
    late: { sla: 'gold', openedAt: minutesAgo(16), unansweredSince: minutesAgo(16) },
    soon: { sla: 'gold', openedAt: minutesAgo(1), unansweredSince: minutesAgo(1) },
    later: { sla: 'gold', openedAt: minutesAgo(-600), unansweredSince: minutesAgo(-600) },
    answered: { sla: 'gold', openedAt: minutesAgo(16) },
    never: { openedAt: minutesAgo(9_000) },
    gone: { sla: 'no-longer', openedAt: minutesAgo(9_000), unansweredSince: minutesAgo(9_000) },
  });
  const due = async (within: string) =>
    (await previews('moni', { channel: 'two', due: within })).sort();
  expect(await due('late')).toEqual(['late']);
  expect(await due('hour')).toEqual(['late', 'soon']);
  expect(await due('day')).toEqual(['late', 'later', 'soon']);
});

test('[CL12] what was promised leaves the list with the first answer, and does not come back', async () => {
  const noor = anAgent('noor');
  await atOwnStream(noor);
  const { id, wire, agentWire } = await aServedConversation(noor);
  const say = (text: string) => ({ type: 'message.send', body: textBody(text) });
  const due = async () =>
    (await listOf('moni', { due: 'hour', agent: noor.agentId })).conversations.length;
  await agentWire.must({ type: 'details.set', sla: 'gold' });
  await eventually(async () => expect(await due()).toBe(1));
  await agentWire.must(say('Good morning'));
  await eventually(async () => expect(await due()).toBe(0));
  await wire.must(say('And the moss?'));
  await conversationOf(id).rebuild('index');
  expect(await due()).toBe(0);
});

test('[CL2] pages of a list leave nothing out', async () => {
  const rows = Array.from({ length: 51 }, (_, index) => [String(index), { openedAt: index % 3 }]);
  await put('three', Object.fromEntries(rows) as Record<string, Partial<ConversationRow>>);
  const first = await listOf('moni', { channel: 'three' });
  expect(first.conversations).toHaveLength(50);
  const second = await listOf('moni', { channel: 'three', after: first.next });
  expect(second).toMatchObject({ conversations: [{}], next: null });
  const seen = [...first.conversations, ...second.conversations].map(({ preview }) => preview);
  expect(new Set(seen).size).toBe(51);
});

test.each(['state=some', 'after=1', 'colour=green'])('[CL1] %s is refused', async (query) => {
  expect(await codeOf(await ask('moni', `/conversations?${query}`))).toBe('body.malformed');
  expect(await codeOf(await ask('moni', `/conversations.csv?${query}`))).toBe('body.malformed');
});

test('[CL7] [MY19] a list is a file, of what the agent may see', async () => {
  await put('four', { mine: {}, theirs: { departmentId: SUPPORT } });
  const headers = { 'accept-language': 'nl' };
  const file = await ask('sally', '/conversations.csv?channel=four', { headers });
  expect(file.headers.get('content-disposition')).toContain('conversations.csv');
  const text = await file.text();
  expect(text).toContain(',mine');
  expect(text).not.toContain('theirs');
  expect(text).toContain('ID,Status,Contact,Afdeling,Medewerker');
  expect(await audited('conversations.exported')).toMatchObject([{ by: 'agent-sally' }]);
});

const commanded = (name: string, id: string, command: object, commandId = newCommandId()) =>
  send(name, 'POST', `/conversations/${id}/commands`, { id: commandId, command });

test('[CL6] one of several is asked for by itself, and a retry changes nothing', async () => {
  const { id } = await aQueuedConversation();
  const tag = { type: 'details.set', topic: 'Ferns' };
  const commandId = newCommandId();
  expect(await (await commanded('moni', id, tag, commandId)).json()).toEqual({ seq: 3 });
  expect(await (await commanded('moni', id, tag, commandId)).json()).toEqual({ seq: 3 });
  expect(await codeOf(await commanded('sally', id, tag))).toBe('conversation.not-taken');
  const end = { type: 'conversation.end', comment: null };
  expect((await commanded('moni', id, end)).status).toBe(200);
  expect(await codeOf(await commanded('moni', id, end))).toBe('conversation.closed');
  expect(await stateOf(id)).toMatchObject({ status: 'closed', details: { topic: 'Ferns' } });
});

test('[CL6] only what is meant for several can be asked so', async () => {
  const { id } = await aQueuedConversation();
  const say = { type: 'message.send', body: { text: 'Hello', files: [] } };
  expect(await codeOf(await commanded('moni', id, say))).toBe('body.malformed');
});

test('[CL5] an agent keeps lists under names, for themselves', async () => {
  const keep = (name: string, query: string) =>
    send('sally', 'PUT', '/saved-views', { name, query });
  const views = async (name: string): Promise<unknown> => (await ask(name, '/saved-views')).json();
  expect((await keep('Late', 'due=late')).status).toBe(204);
  expect((await keep('A & B', 'tag=Order')).status).toBe(204);
  expect((await keep('Late', 'due=hour')).status).toBe(204);
  expect(await views('sally')).toEqual({
    views: [
      { name: 'A & B', query: 'tag=Order' },
      { name: 'Late', query: 'due=hour' },
    ],
  });
  expect(await views('moni')).toEqual({ views: [] });
  const path = `/saved-views/${encodeURIComponent('A & B')}`;
  expect((await send('moni', 'DELETE', path)).status).toBe(204);
  expect((await send('sally', 'DELETE', path)).status).toBe(204);
  expect(await views('sally')).toEqual({ views: [{ name: 'Late', query: 'due=hour' }] });
});

test('[CL5] no more than there is room for, and only what is the query of a list', async () => {
  const keep = (name: string, query: string) =>
    send('moni', 'PUT', '/saved-views', { name, query });
  expect(await codeOf(await keep('Green', 'colour=green'))).toBe('body.malformed');
  expect(await codeOf(await keep(' ', ''))).toBe('body.malformed');
  for (let count = 0; count < VIEWS_MOST; count += 1) await keep(`View ${count}`, '');
  expect(await codeOf(await keep('One more', ''))).toBe('saved-view.full');
  expect((await keep('View 7', 'due=late')).status).toBe(204);
});
