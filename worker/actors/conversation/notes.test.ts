// Notes: what agents write to each other in a conversation.

import { evictDurableObject } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { textBody } from '#shared/conversation/body.ts';
import type { AgentPrincipal } from '#shared/identity.ts';
import { newCommandId } from '#shared/ids.ts';
import { eventually } from '../../testing/eventually.ts';
import {
  agentActorOf,
  anAgent,
  aQueuedConversation,
  at,
  atOwnStream,
  codeOf,
  conversationOf,
  knock,
  positionIn,
  saidIn,
  SALES,
  stateOf,
  SUPPORT,
} from '../../testing/people.ts';
import { heardBy, served } from '../../testing/served.ts';

const note = (text: string, ...mentions: AgentPrincipal[]) => ({
  type: 'note.add',
  body: textBody(text),
  mentions: mentions.map(({ agentId }) => agentId),
});

/** An agent of another department, who has signed in before. */
async function outsider(name = 'Omar') {
  const agent = anAgent(name, { departments: [SUPPORT] });
  return { agent, own: await atOwnStream(agent) };
}
const mentionsOf = async (agent: AgentPrincipal) => (await agentActorOf(agent).snapshot()).mentions;

test('[NT1] a note is told to agents, and to the visitor neither live nor later', async () => {
  const { id, visitor, wire, noor, agentWire } = await served();
  const colleague = await at(id, anAgent('Kim'));
  const told = colleague.event('note.added');
  await agentWire.must(note('They have called before.'));
  expect(await told).toMatchObject({ body: { text: 'They have called before.' } });
  await agentWire.must({ type: 'message.send', body: textBody('One moment.') });
  await wire.heard(({ events }) => JSON.stringify(events ?? []).includes('One moment.'));
  await evictDurableObject(conversationOf(id));
  const again = await at(id, visitor);
  const page = await conversationOf(id).page(visitor, 100);
  for (const heard of [heardBy(wire.frames), heardBy(again.frames), JSON.stringify(page)]) {
    expect(heard).toContain('One moment.');
    expect(heard).not.toContain('They have called before.');
  }
  expect(saidIn((await at(id, noor)).events())).not.toContain('They have called before.');
});

test('[NT1] a visitor adds no note', async () => {
  const { wire } = await served();
  expect(codeOf(await wire.command(note('Hello?')))).toBe('conversation.unknown');
});

test('[NT2] a note leaves a conversation that waits where it is', async () => {
  const { id } = await aQueuedConversation();
  await eventually(async () => expect(await positionIn(SALES, id)).not.toBeNull());
  const before = await stateOf(id);
  const wire = await at(id, anAgent('Kim'));
  await wire.must(note('I know them. I will take it in a minute.'));
  expect(await stateOf(id)).toEqual(before);
  expect(await positionIn(SALES, id)).not.toBeNull();
});

test('[NT3] a mentioned colleague is told once, and it stays until they have opened the conversation', async () => {
  const { id, agentWire } = await served();
  const { agent: omar, own } = await outsider();
  const told = own.event('mention.added');
  await agentWire.must(note('@omar is this your parcel?', omar));
  expect(await told).toMatchObject({
    ...{ conversationId: id, by: 'Noor', departmentId: SALES },
    text: '@omar is this your parcel?',
  });
  const path = `/inbox/${id}`;
  expect(await own.event('alert.raised')).toMatchObject({ alert: { reason: 'mention', path } });
  await evictDurableObject(agentActorOf(omar));
  const [mention] = await mentionsOf(omar);
  expect(mention).toMatchObject({ conversationId: id });

  const seen = own.event('mention.seen');
  await own.must({ type: 'mention.see', conversationId: id });
  expect(await seen).toMatchObject({ conversationId: id });
  expect(await mentionsOf(omar)).toEqual([]);
  // Late: as the outbox may deliver it once more.
  if (mention) await agentActorOf(omar).hear({ of: 'mention', mention });
  expect(await mentionsOf(omar)).toEqual([]);

  await agentWire.must(note('@omar it came back.', omar));
  await eventually(async () =>
    expect(await mentionsOf(omar)).toMatchObject([{ text: '@omar it came back.' }]),
  );
});

test('[NT3] who writes a note that names themselves is not called by it', async () => {
  const { noor, agentWire } = await served();
  await agentWire.must(note('@noor will call back.', noor));
  const { agent: omar } = await outsider();
  await agentWire.must(note('@omar listens in.', omar));
  await eventually(async () => expect(await mentionsOf(omar)).toHaveLength(1));
  expect(await mentionsOf(noor)).toEqual([]);
});

test('[NT4] whom a note mentions may read the conversation, and add notes, also later', async () => {
  const { id, agentWire } = await served();
  const { agent: omar } = await outsider();
  expect(await (await knock(id, omar)).closed).toBe(4403);
  await agentWire.must(note('@omar have a look', omar));
  await evictDurableObject(conversationOf(id));
  const wire = await at(id, omar);
  expect(heardBy(wire.frames)).toContain('@omar have a look');
  await wire.must(note('It is ours.'));
  const reply = { type: 'message.send', body: textBody('Hello') };
  expect(codeOf(await wire.command(reply))).toBe('conversation.not-yours');
  const { agent: kate } = await outsider('Kate');
  expect(await (await knock(id, kate)).closed).toBe(4403);
});

test('[NT5] a note’s draft is kept apart from the reply’s, and ends with the conversation', async () => {
  const { id, noor, agentWire } = await served();
  const own = await atOwnStream(noor);
  const place = `note/${id}`;
  await own.must({ type: 'internal-draft.keep', place, text: 'They are cross' });
  await own.must({ type: 'draft.keep', conversationId: id, text: 'We are sor' });
  const other = await atOwnStream(noor);
  expect(other.frames[0]?.['state']).toMatchObject({
    drafts: { [id]: 'We are sor' },
    internalDrafts: { [place]: 'They are cross' },
  });
  const released = other.event('slot.released');
  await agentWire.must({ type: 'conversation.end', comment: null });
  await released;
  const { drafts, internalDrafts } = await agentActorOf(noor).snapshot();
  expect([drafts, internalDrafts]).toEqual([{}, {}]);
});

test('[NT1] a note is stored once, however often it is sent', async () => {
  const { id, noor, agentWire } = await served();
  const key = newCommandId();
  const after = agentWire.seq;
  await agentWire.command(note('Once'), { id: key, after });
  await agentWire.command(note('Once'), { id: key, after });
  const notes = (await at(id, noor)).events().filter(({ type }) => type === 'note.added');
  expect(notes).toHaveLength(1);
});
