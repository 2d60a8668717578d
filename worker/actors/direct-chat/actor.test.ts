import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { expect, test, vi } from 'vitest';
import { textBody } from '#shared/conversation/body.ts';
import { BOT } from '#shared/direct-chat/bot.ts';
import { pairIdOf } from '#shared/direct-chat/pair.ts';
import type { AgentPrincipal, ConnectedPrincipal } from '#shared/identity.ts';
import { newCommandId } from '#shared/ids.ts';
import { tellAgent } from '../../io/tell-agent.ts';
import { eventually } from '../../testing/eventually.ts';
import {
  agentActorOf,
  anAgent,
  atOwnStream,
  aVisitor,
  codeOf,
  open,
  saidIn,
} from '../../testing/people.ts';

const say = (text: string) => ({ type: 'message.send', body: textBody(text) }) as const;

/** Two colleagues, and the object that both of them address. */
function aPair() {
  const [noor, mara] = [anAgent('Noor'), anAgent('Mara')];
  return { noor, mara, chat: env.DIRECT_CHAT.getByName(pairIdOf(noor.agentId, mara.agentId)) };
}
type Chat = ReturnType<typeof aPair>['chat'];

async function at(chat: Chat, by: ConnectedPrincipal, since: number | null = null) {
  const wire = await open(chat, by);
  await wire.hello(since);
  return wire;
}

const receiptOf = ({ agentId }: AgentPrincipal, seq: number) => ({
  [agentId]: { delivered: seq, seen: seq },
});

test('[DR1] the two arrive at one chat, whichever of them names the other', () => {
  const [noor, mara] = [anAgent('Noor').agentId, anAgent('Mara').agentId];
  expect(pairIdOf(noor, mara)).toBe(pairIdOf(mara, noor));
});

test('[DR1] colleagues talk, and every step survives an eviction', async () => {
  const { noor, mara, chat } = aPair();
  const [noors, maras] = [await at(chat, noor), await at(chat, mara)];
  const steps = [
    () => noors.must(say('Are you free?')),
    () => maras.must(say('In a minute.')),
    () => noors.must(say('Thank you!')),
  ];
  for (const step of steps) {
    await evictDurableObject(chat);
    await step();
  }
  const said = ['Are you free?', 'In a minute.', 'Thank you!'];
  await eventually(() => expect(saidIn(maras.events())).toEqual(said));
  const back = await at(chat, mara, 1);
  expect(back.frames[0]).toMatchObject({ reset: false, seq: 3 });
  expect(saidIn(back.events())).toEqual(said.slice(1));
});

test('[DR2] a receipt is a participant’s own, and survives an eviction', async () => {
  const { noor, mara, chat } = aPair();
  const [noors, maras] = [await at(chat, noor), await at(chat, mara)];
  await noors.must(say('Have a look'));
  const told = noors.next(({ type }) => type === 'signal');
  maras.signal({ type: 'receipt', delivered: 1, seen: 1 });
  const receipts = receiptOf(mara, 1);
  expect((await told)['signal']).toEqual({ type: 'receipts', receipts });
  await evictDurableObject(chat);
  expect((await at(chat, noor)).frames[0]).toMatchObject({ receipts });
});

test('[DR3] a message sent again is stored once', async () => {
  const { noor, chat } = aPair();
  const id = newCommandId();
  const first = await chat.perform(noor, say('Once'), id, 0);
  expect(await chat.perform(noor, say('Once'), id, 0)).toEqual(first);
  expect(saidIn((await at(chat, noor)).events())).toEqual(['Once']);
});

test('[DR4] nobody but the two reads or writes', async () => {
  const { noor, chat } = aPair();
  await chat.perform(noor, say('Between us'), newCommandId(), 0);
  for (const stranger of [anAgent('Ada', { role: 'admin' }), aVisitor()]) {
    expect(await (await open(chat, stranger)).closed).toBe(4403);
    const outcome = await chat.perform(stranger, say('Hello?'), newCommandId(), 0);
    expect(outcome).toMatchObject({ ok: false, refusal: { code: 'conversation.unknown' } });
  }
});

test('[DR13] each of the two searches it, and nobody else', async () => {
  const { noor, mara, chat } = aPair();
  await chat.perform(noor, say('Between us'), newCommandId(), 0);
  const query = { text: 'between', flags: '' };
  for (const by of [noor, mara]) {
    expect(await chat.search(by, query)).toMatchObject({ ok: true, value: { hits: [{ seq: 1 }] } });
  }
  expect(await chat.search(anAgent('Ada', { role: 'admin' }), query)).toMatchObject({
    ok: false,
    refusal: { code: 'conversation.unknown' },
  });
});

test('[DR3] a text that is too long is refused, and the chat goes on', async () => {
  const { noor, chat } = aPair();
  const wire = await at(chat, noor);
  expect(codeOf(await wire.command(say('x'.repeat(5001))))).toBe('message.too-long');
  await wire.must(say('Shorter'));
});

/** The agent's list, as a page begins with it. */
async function listOf(agent: AgentPrincipal) {
  const { directChats } = await agentActorOf(agent).snapshot();
  return directChats.map(({ colleague, lastMessage, unread }) => [
    colleague.id,
    lastMessage.text,
    unread,
  ]);
}

test('[DR5] each of the two has the chat in their list, with what is unread, over evictions', async () => {
  const { noor, mara, chat } = aPair();
  const noors = await at(chat, noor);
  await noors.must(say('Are you free?'));
  await noors.must(say('It is about the fern.'));
  await eventually(async () =>
    expect(await listOf(mara)).toEqual([[noor.agentId, 'It is about the fern.', 2]]),
  );
  for (const stub of [chat, agentActorOf(mara), agentActorOf(noor)]) await evictDurableObject(stub);
  expect(await listOf(mara)).toEqual([[noor.agentId, 'It is about the fern.', 2]]);
  expect(await listOf(noor)).toEqual([[mara.agentId, 'It is about the fern.', 0]]);
});

test('[DR5] the chat with the latest message is the first, and tabs hear of it', async () => {
  const [mara, noor, theo] = [anAgent('Mara'), anAgent('Noor'), anAgent('Theo')];
  const own = await atOwnStream(mara);
  const withMara = (other: AgentPrincipal) =>
    env.DIRECT_CHAT.getByName(pairIdOf(mara.agentId, other.agentId));
  const told = own.event('direct-chat.changed');
  await withMara(noor).perform(noor, say('First'), newCommandId(), 0);
  expect(await told).toMatchObject({ unread: 1, lastMessage: { text: 'First' } });
  const path = `/direct/${noor.agentId}`;
  expect(await own.event('alert.raised')).toMatchObject({ alert: { reason: 'direct', path } });
  vi.setSystemTime(Date.now() + 1_000);
  await withMara(theo).perform(theo, say('Second'), newCommandId(), 0);
  await eventually(async () =>
    expect((await listOf(mara)).map(([, text]) => text)).toEqual(['Second', 'First']),
  );
  vi.useRealTimers();
});

test('[DR6] what is read in one tab is read in all, and stays read', async () => {
  const { noor, mara, chat } = aPair();
  const [noors, maras, own] = [await at(chat, noor), await at(chat, mara), await atOwnStream(mara)];
  await noors.must(say('Have a look'));
  await eventually(async () => expect((await listOf(mara))[0]?.[2]).toBe(1));
  const told = own.next(({ events }) => JSON.stringify(events ?? []).includes('"unread":0'));
  maras.signal({ type: 'receipt', delivered: 1, seen: 1 });
  await told;
  await evictDurableObject(chat);
  await noors.must(say('And again'));
  await eventually(async () => expect((await listOf(mara))[0]?.[2]).toBe(1));
});

test('[DR5] an agent who was not told hears of it later, and once', async () => {
  const { noor, mara, chat } = aPair();
  await chat.perform(noor, say('Hello'), newCommandId(), 0);
  await eventually(async () => expect(await listOf(mara)).toHaveLength(1));
  const [known] = (await agentActorOf(mara).snapshot()).directChats;
  if (!known) throw new Error('it is in the list');
  const own = await atOwnStream(mara);
  const before = own.events().length;
  // Late: as the outbox may deliver it once more.
  await agentActorOf(mara).hear({
    of: 'direct-chat',
    chat: { ...known, unread: 9 },
    seq: 1,
    seen: 0,
  });
  await runDurableObjectAlarm(chat);
  expect(await listOf(mara)).toEqual([[noor.agentId, 'Hello', 1]]);
  expect(own.events()).toHaveLength(before);
});

test('[DR7] Parley writes to an agent, who can read it and not answer; sent again it is stored once', async () => {
  const mara = anAgent('Mara');
  const chat = env.DIRECT_CHAT.getByName(pairIdOf(BOT.id, mara.agentId));
  const id = newCommandId();
  const body = textBody('Your transcript is ready.');
  const first = await tellAgent(env, mara.agentId, body, id);
  expect(await tellAgent(env, mara.agentId, body, id)).toEqual(first);
  const maras = await at(chat, mara);
  expect(saidIn(maras.events())).toEqual(['Your transcript is ready.']);
  expect(maras.events()[0]).toMatchObject({ by: { kind: 'agent', ...BOT } });
  expect(codeOf(await maras.command(say('Thank you')))).toBe('direct-chat.one-way');
  await eventually(async () =>
    expect(await listOf(mara)).toEqual([[BOT.id, 'Your transcript is ready.', 1]]),
  );
});

test('[DR7] Parley writes in no chat between two people', async () => {
  const { chat } = aPair();
  const outcome = await chat.perform({ kind: 'system' }, say('Hello?'), newCommandId(), 0);
  expect(outcome).toMatchObject({ ok: false, refusal: { code: 'conversation.unknown' } });
});

test('[DR8] a page begins with what there is, and pages back', async () => {
  const { noor, mara, chat } = aPair();
  for (const text of ['One', 'Two', 'Three']) {
    await chat.perform(noor, say(text), newCommandId(), 0);
  }
  const snapshot = await chat.snapshot(mara);
  expect(snapshot).toMatchObject({ ok: true, value: { seq: 3, hasEarlier: false } });
  const page = await chat.page(mara, 3);
  expect(page.ok && saidIn(page.value.events)).toEqual(['One', 'Two']);
  for (const read of [chat.snapshot(anAgent('Ada')), chat.page(anAgent('Ada'), 3)]) {
    expect(await read).toMatchObject({ refusal: { code: 'conversation.unknown' } });
  }
});

test('[DR9] a draft to a colleague is kept on all devices, apart from replies', async () => {
  const { noor, mara } = aPair();
  const [own, other] = [await atOwnStream(noor), await atOwnStream(noor)];
  const place = `direct/${pairIdOf(noor.agentId, mara.agentId)}`;
  const kept = other.event('internal-draft.kept');
  await own.must({ type: 'internal-draft.keep', place, text: 'Are you fr' });
  expect(await kept).toMatchObject({ place, text: 'Are you fr' });
  await evictDurableObject(agentActorOf(noor));
  const { drafts, internalDrafts } = await agentActorOf(noor).snapshot();
  expect([drafts, internalDrafts]).toEqual([{}, { [place]: 'Are you fr' }]);
});

test('[DR9] nobody keeps a draft in the chat of others', async () => {
  const { noor, mara } = aPair();
  const own = await atOwnStream(anAgent('Ada'));
  const place = `direct/${pairIdOf(noor.agentId, mara.agentId)}`;
  const keep = { type: 'internal-draft.keep', place, text: 'Hello' };
  expect(codeOf(await own.command(keep))).toBe('conversation.unknown');
});

test('[DR10] signing out everywhere ends the agent’s sockets at their direct chats', async () => {
  const { noor, mara, chat } = aPair();
  const [noors, maras] = [await at(chat, noor), await at(chat, mara)];
  await noors.must(say('Hello'));
  const knowsOf = (_: unknown, { storage }: DurableObjectState) =>
    storage.sql.exec('SELECT conversation_id FROM watched').toArray().length;
  await eventually(async () =>
    expect(await runInDurableObject(agentActorOf(mara), knowsOf)).toBe(1),
  );
  await agentActorOf(mara).signOut();
  expect(await maras.closed).toBe(4401);
  await noors.must(say('Still here'));
});

test('[MS11] a direct message is answered, changed and deleted, and the list follows', async () => {
  const { noor, mara, chat } = aPair();
  const [noors, maras] = [await at(chat, noor), await at(chat, mara)];
  await noors.must(say('The alarm code is 4711.'));
  await noors.must(say('Lunch?'));
  await eventually(async () => expect(await listOf(mara)).toEqual([[noor.agentId, 'Lunch?', 2]]));
  await maras.must({ ...say('Thanks'), replyTo: 1 });
  await noors.must({ type: 'message.edit', message: 2, body: textBody('Lunch at one?') });
  await noors.must({ type: 'message.delete', message: 1 });
  expect(codeOf(await maras.command({ type: 'message.delete', message: 2 }))).toBe(
    'message.not-yours',
  );
  const page = await chat.page(mara, 9);
  expect(page.ok && saidIn(page.value.events)).toEqual(['', 'Lunch at one?', 'Thanks']);
  expect(JSON.stringify(page)).not.toContain('4711');
});

test('[MS11] a last message that is changed or deleted is so in the list', async () => {
  const { noor, mara, chat } = aPair();
  const noors = await at(chat, noor);
  await noors.must(say('Lunch?'));
  await eventually(async () => expect(await listOf(mara)).toEqual([[noor.agentId, 'Lunch?', 1]]));
  await noors.must({ type: 'message.edit', message: 1, body: textBody('Lunch at one?') });
  await eventually(async () =>
    expect(await listOf(mara)).toEqual([[noor.agentId, 'Lunch at one?', 1]]),
  );
  await noors.must({ type: 'message.delete', message: 1 });
  await eventually(async () => expect(await listOf(mara)).toEqual([[noor.agentId, '', 0]]));
  const waiting = (_: unknown, { storage }: DurableObjectState) =>
    storage.sql.exec('SELECT body FROM alert').toArray();
  expect(await runInDurableObject(agentActorOf(mara), waiting)).toEqual([]);
});
