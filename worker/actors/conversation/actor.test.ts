import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { textBody } from '#shared/conversation/body.ts';
import { PROTOCOL } from '#shared/frames.ts';
import { newCommandId } from '#shared/ids.ts';
import {
  anAgent,
  aQueuedConversation,
  aServedConversation,
  at,
  atOwnStream,
  aVisitor,
  codeOf,
  conversationOf,
  knock,
  SALES,
  saidIn,
  stateOf,
  type Frame,
} from '../../testing/people.ts';

const say = (text: string) => ({ type: 'message.send', body: textBody(text) });

test('[CV1] the first message opens the conversation and queues it', async () => {
  const { id, visitor } = await aQueuedConversation();
  const wire = await at(id, visitor);
  expect(wire.frames[0]).toMatchObject({ type: 'welcome', seq: 2, state: { status: 'queued' } });
  expect(saidIn(wire.events())).toEqual(['Hello?']);
});

test('[CV2] queue, take, reply and end survive an eviction between any two steps', async () => {
  const { id, wire } = await aQueuedConversation();
  const agent = anAgent('Noor');
  await atOwnStream(agent);
  const agentWire = await at(id, agent);
  const stub = conversationOf(id);
  const steps = [
    () => agentWire.command({ type: 'conversation.take' }),
    () => wire.command(say('Is the fern in stock?')),
    () => agentWire.command(say('It is.')),
    () => wire.command(say('Lovely.')),
    () => agentWire.command({ type: 'conversation.end', comment: 'Bought a fern' }),
  ];
  for (const step of steps) {
    await evictDurableObject(stub);
    expect((await step()).type).toBe('accepted');
  }
  await wire.event('conversation.ended');
  expect(saidIn(wire.events())).toEqual(['Hello?', 'Is the fern in stock?', 'It is.', 'Lovely.']);
});

test('[DC2] a command sent again is answered as at first and stored once', async () => {
  const { id, visitor, wire } = await aQueuedConversation();
  const again = { id: newCommandId(), after: wire.seq };
  const first = await wire.command(say('Once'), again);
  const second = await wire.command(say('Once'), again);
  await evictDurableObject(conversationOf(id));
  const third = await (await at(id, visitor)).command(say('Once'), again);
  expect([second, third]).toEqual([first, first]);
  const fresh = await at(id, visitor);
  expect(saidIn(fresh.events())).toEqual(['Hello?', 'Once']);
});

test('[DC2] one’s own event is the acknowledgement, and comes alone', async () => {
  const { wire } = await aQueuedConversation();
  const from = wire.frames.length;
  const id = newCommandId();
  await wire.command(say('One'), { id });
  await wire.command(say('Two'));
  const frames = wire.frames.slice(from).filter(({ type }) => type !== 'signal');
  expect(frames.map(({ type }) => type)).toEqual(['events', 'events']);
  expect(frames[0]).toMatchObject({ events: [{ id, body: textBody('One') }] });
});

test('[DC2] a command of whose events its sender hears none is acknowledged by itself', async () => {
  const agent = anAgent('Noor');
  const { agentWire } = await aServedConversation(agent);
  const id = newCommandId();
  const accepted = agentWire.next((frame) => frame.type === 'accepted');
  agentWire.send({
    type: 'command',
    id,
    after: agentWire.seq,
    command: { type: 'conversation.take' },
  });
  expect(await accepted).toMatchObject({ id, seq: agentWire.seq });
});

test('[DC9] a receipt travels with a message, and is not told to its own reader', async () => {
  const agent = anAgent('Noor');
  const { wire, agentWire } = await aServedConversation(agent);
  await wire.command(say('Did you read this?'));
  const receipt = { delivered: wire.seq, seen: wire.seq };
  const told = wire.next(({ type }) => type === 'events');
  const from = agentWire.frames.length;
  const [id, after] = [newCommandId(), agentWire.seq];
  agentWire.send({ type: 'command', id, after, command: say('Yes'), receipt });
  expect(await told).toMatchObject({
    events: [{ body: textBody('Yes') }],
    receipts: { [agent.agentId]: receipt },
  });
  agentWire.signal({ type: 'receipt', ...receipt });
  await wire.command(say('Good'));
  expect(agentWire.frames.slice(from).every(({ type }) => type === 'events')).toBe(true);
});

test('[DC4] a socket that comes back hears exactly what it missed', async () => {
  const { id, visitor, wire } = await aQueuedConversation();
  await wire.command(say('before'));
  const since = wire.seq;
  wire.close();
  const other = await at(id, visitor);
  await other.command(say('meanwhile 1'));
  await other.command(say('meanwhile 2'));
  await evictDurableObject(conversationOf(id));
  const back = await at(id, visitor, since);
  expect(back.frames[0]).toMatchObject({ reset: false });
  expect(saidIn(back.events())).toEqual(['meanwhile 1', 'meanwhile 2']);
});

test('[DC4] a client that claims to be ahead of the log is given a snapshot', async () => {
  const { id, visitor } = await aQueuedConversation();
  const back = await at(id, visitor, 999);
  expect(back.frames[0]).toMatchObject({ reset: true, seq: 2 });
});

test('[DC5] the closing comment reaches agents and never the visitor', async () => {
  const agent = anAgent('Mara');
  const { id, visitor, wire, agentWire } = await aServedConversation(agent);
  await agentWire.command({ type: 'conversation.end', comment: 'A difficult one' });
  await agentWire.event('comment.added');
  await wire.event('conversation.ended');
  const late = await at(id, visitor);
  expect(JSON.stringify([wire.frames, late.frames])).not.toContain('A difficult one');
  const colleague = await at(id, agent);
  expect(colleague.frames[0]).toMatchObject({ state: { comment: 'A difficult one' } });
});

test('[CV4] of two agents who take at the same instant one gets it, the other is told who', async () => {
  const { id } = await aQueuedConversation();
  const agents = [anAgent('Mara'), anAgent('Noor')];
  const wires = await Promise.all(
    agents.map(async (agent) => {
      await atOwnStream(agent);
      return at(id, agent);
    }),
  );
  const answers = await Promise.all(
    wires.map((wire) => wire.command({ type: 'conversation.take' })),
  );
  const winner = answers.findIndex(({ type }) => type === 'accepted');
  const loser = answers[1 - winner];
  expect(answers[winner]?.type).toBe('accepted');
  expect(loser).toMatchObject({
    type: 'refused',
    refusal: { code: 'conversation.taken', details: { agent: agents[winner]?.name } },
  });
});

test('[CV4] taking what one serves already changes nothing, even when one is away by now', async () => {
  const { agentWire, own } = await aServedConversation(anAgent('Noor'));
  await own.command({ type: 'availability.set', availability: 'away' });
  const { seq } = agentWire;
  expect(await agentWire.command({ type: 'conversation.take' })).toMatchObject({
    type: 'accepted',
    seq,
  });
});

test('[CV8] each side hears that the other types, and nobody hears themselves', async () => {
  const { wire, agentWire } = await aServedConversation(anAgent('Noor'));
  const isTyping = ({ signal }: Frame) =>
    JSON.stringify(signal ?? null).includes('"type":"typing"');
  const heardByVisitor = wire.next(isTyping);
  agentWire.signal({ type: 'typing', typing: true });
  expect((await heardByVisitor)['signal']).toMatchObject({ by: { kind: 'agent', name: 'Noor' } });
  const heardByAgent = agentWire.next(isTyping);
  wire.signal({ type: 'typing', typing: true });
  expect((await heardByAgent)['signal']).toMatchObject({ by: { kind: 'visitor' }, typing: true });
  expect(wire.frames.filter(isTyping)).toHaveLength(1);
});

test('[DC9] delivered and seen reach the author and survive an eviction', async () => {
  const agent = anAgent('Noor');
  const { id, wire, agentWire, visitor } = await aServedConversation(agent);
  await wire.command(say('Did you read this?'));
  const told = wire.next(({ type }) => type === 'signal');
  agentWire.signal({ type: 'receipt', delivered: wire.seq, seen: wire.seq });
  const receipts = { [agent.agentId]: { delivered: wire.seq, seen: wire.seq } };
  expect((await told)['signal']).toMatchObject({ type: 'receipts', receipts });
  await evictDurableObject(conversationOf(id));
  const back = await at(id, visitor);
  expect(back.frames[0]).toMatchObject({ receipts });
});

test('[CV6] after the end a message is refused, and a new conversation names the last', async () => {
  const { id, visitor, wire } = await aQueuedConversation();
  await wire.command({ type: 'conversation.end', comment: null });
  expect(codeOf(await wire.command(say('One more thing')))).toBe('conversation.closed');
  const next = await aQueuedConversation(visitor, SALES, id);
  expect(await stateOf(next.id)).toMatchObject({ status: 'queued', previousId: id });
});

test('[WP1] frames before hello, of another protocol or unreadable are refused, and the socket lives', async () => {
  const { id, visitor } = await aQueuedConversation();
  const wire = await knock(id, visitor);
  const refused = () => wire.next(({ type }) => type === 'refused');
  let answer = refused();
  wire.send({ type: 'command', id: newCommandId(), after: 0, command: say('early') });
  expect(codeOf(await answer)).toBe('frame.too-early');
  for (const bad of ['{', 'null', '[]', '{"type":"shout"}', '"x"', new ArrayBuffer(4)]) {
    answer = refused();
    wire.sendRaw(bad);
    expect(codeOf(await answer)).toBe('frame.malformed');
  }
  answer = refused();
  wire.sendRaw(JSON.stringify({ type: 'hello', pad: 'x'.repeat(64 * 1024) }));
  expect(codeOf(await answer)).toBe('frame.too-large');
  expect((await wire.hello()).type).toBe('welcome');
});

test('[WP2] a client of another protocol version is told to reload', async () => {
  const { id, visitor } = await aQueuedConversation();
  const wire = await knock(id, visitor);
  wire.send({ type: 'hello', protocol: 0, since: null });
  expect(await wire.closed).toBe(4426);
});

test('[WP3] a socket of someone who may not read the conversation is closed', async () => {
  const { id } = await aQueuedConversation();
  const wire = await knock(id, aVisitor());
  wire.send({ type: 'hello', protocol: PROTOCOL, since: null });
  expect(await wire.closed).toBe(4403);
});

test('[CV9] an object to which nobody has written stores nothing', async () => {
  const { id } = await aQueuedConversation();
  const lurker = await knock(
    id.replace(/.$/, (last) => (last === '0' ? '1' : '0')) as typeof id,
    aVisitor(),
  );
  await lurker.hello();
  const stub = conversationOf(id.replace(/.$/, (last) => (last === '0' ? '1' : '0')) as typeof id);
  const tables = await runInDurableObject(stub, (_instance, state) =>
    state.storage.sql.exec('SELECT name FROM sqlite_master').toArray(),
  );
  expect(tables).toEqual([]);
});
