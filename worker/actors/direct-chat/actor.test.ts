import { evictDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { textBody } from '#shared/conversation/body.ts';
import { pairIdOf } from '#shared/direct-chat/pair.ts';
import type { AgentPrincipal, ConnectedPrincipal } from '#shared/identity.ts';
import { newCommandId } from '#shared/ids.ts';
import { eventually } from '../../testing/eventually.ts';
import { anAgent, aVisitor, codeOf, open, saidIn } from '../../testing/people.ts';

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
    const wire = await open(chat, stranger);
    wire.send({ type: 'hello', protocol: 2, since: null });
    expect(await wire.closed).toBe(4403);
    const outcome = await chat.perform(stranger, say('Hello?'), newCommandId(), 0);
    expect(outcome).toMatchObject({ ok: false, refusal: { code: 'conversation.unknown' } });
  }
});

test('[DR3] a text that is too long is refused, and the chat goes on', async () => {
  const { noor, chat } = aPair();
  const wire = await at(chat, noor);
  expect(codeOf(await wire.command(say('x'.repeat(5001))))).toBe('message.too-long');
  await wire.must(say('Shorter'));
});
