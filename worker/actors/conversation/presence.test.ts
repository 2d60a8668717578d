import { evictDurableObject } from 'cloudflare:test';
import { expect, test } from 'vitest';
import type { PresenceSignal } from '#shared/conversation/signals.ts';
import type { AgentPrincipal } from '#shared/identity.ts';
import {
  anAgent,
  aQueuedConversation,
  aServedConversation,
  at,
  conversationOf,
  type Frame,
} from '../../testing/people.ts';
import type { Wire } from '../../../scripts/client/wire.ts';

const ref = ({ agentId, name }: AgentPrincipal) => ({ id: agentId, name });
const isPresence = ({ signal }: Frame) =>
  (signal as { type?: string } | undefined)?.type === 'presence';
/** What the next word of it says, once `by` has said something. */
async function told(wire: Wire, by: Wire, signal: PresenceSignal) {
  const next = wire.next(isPresence);
  by.signal(signal);
  return (await next)['signal'];
}
const says = (looking: AgentPrincipal[], page: string | null) => ({
  ...{ type: 'presence', looking: looking.map(ref), page },
});

const ferns = 'https://shop.example/ferns';

test('[RI10] agents see the visitor’s page as it changes, without what may be secret', async () => {
  const agent = anAgent('Noor');
  const { id, wire, agentWire } = await aServedConversation(agent);
  const page = `${ferns}?session=secret#top`;
  expect(await told(agentWire, wire, { type: 'page', page })).toEqual(says([], ferns));
  const next = await told(agentWire, wire, { type: 'page', page: 'https://shop.example/pots' });
  expect(next).toEqual(says([], 'https://shop.example/pots'));
  expect(wire.frames.some(isPresence)).toBe(false);

  await evictDurableObject(conversationOf(id));
  const colleague = await at(id, anAgent('Mara'));
  await colleague.heard(isPresence);
  const gone = agentWire.next(isPresence);
  wire.socket.close();
  expect((await gone)['signal']).toEqual(says([], null));
});

test('[RI12] agents see who else has it before them, and no longer', async () => {
  const { id } = await aQueuedConversation();
  const [noor, mara] = [anAgent('Noor'), anAgent('Mara')];
  const [noors, maras] = [await at(id, noor), await at(id, mara)];
  expect(await told(noors, maras, { type: 'looking', looking: true })).toEqual(says([mara], null));
  expect(await told(noors, noors, { type: 'looking', looking: true })).toMatchObject({
    looking: expect.arrayContaining([ref(noor), ref(mara)]) as unknown,
  });
  expect(await told(noors, maras, { type: 'looking', looking: false })).toEqual(says([noor], null));
  const third = await at(id, anAgent('Tom'));
  await third.heard(isPresence);
  const gone = third.next(isPresence);
  noors.socket.close();
  expect((await gone)['signal']).toEqual(says([], null));
});

test('[RI12] nobody says what is not theirs to say', async () => {
  const agent = anAgent('Noor');
  const { wire, agentWire } = await aServedConversation(agent);
  agentWire.signal({ type: 'page', page: ferns });
  wire.signal({ type: 'looking', looking: true });
  const page = 'https://shop.example/pots';
  expect(await told(agentWire, wire, { type: 'page', page })).toEqual(says([], page));
});
