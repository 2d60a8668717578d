// Messages that are changed and deleted: nobody reads or finds again what their author has taken back.

import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { expect, test, vi } from 'vitest';
import { textBody } from '#shared/conversation/body.ts';
import { newCommandId } from '#shared/ids.ts';
import { eventually } from '../../testing/eventually.ts';
import { searchAll } from '../../testing/searched.ts';
import {
  anAgent,
  aServedConversation,
  at,
  codeOf,
  conversationOf,
  queueIn,
  saidIn,
  SALES,
  stateOf,
} from '../../testing/people.ts';
import { openLog } from './log.ts';
import { Projector } from './projections/projector.ts';
import { PROJECTIONS } from './projections/registry.ts';

const say = (text: string, replyTo?: number) => ({
  ...{ type: 'message.send', body: textBody(text) },
  ...(replyTo !== undefined && { replyTo }),
});
const edit = (message: number, text: string) => ({
  ...{ type: 'message.edit', message, body: textBody(text) },
});
const remove = (message: number) => ({ type: 'message.delete', message }) as const;

/** Noor has said two things; the visitor has quoted the first. */
async function aTalk() {
  const noor = anAgent('Noor');
  const served = await aServedConversation(noor);
  const { agentWire, wire, id } = served;
  await agentWire.must(say('The PIN is 4711.'));
  await agentWire.must(say('Have a nice day.'));
  const [pin = 0, bye = 0] = (await seqsOf(id, noor)).slice(-2);
  await wire.must(say('Thank you!', pin));
  return { ...served, noor, pin, bye };
}

async function seqsOf(id: Parameters<typeof at>[0], by: Parameters<typeof at>[1]) {
  const wire = await at(id, by);
  return wire
    .events()
    .filter(({ type }) => type === 'message.sent')
    .map(({ seq }) => Number(seq));
}

test('[MS3] both sides hear of it at once, and an eviction changes nothing', async () => {
  const { id, wire, agentWire, visitor, pin, bye } = await aTalk();
  await agentWire.must(edit(pin, 'The PIN is in your mail.'));
  await agentWire.must(remove(bye));
  await eventually(() =>
    expect(wire.events().slice(-2)).toMatchObject([
      { type: 'message.edited', message: pin, body: { text: 'The PIN is in your mail.' } },
      { type: 'message.deleted', message: bye },
    ]),
  );
  await evictDurableObject(conversationOf(id));
  const again = await at(id, visitor);
  expect(saidIn(again.events())).toEqual([
    ...['Hello?', 'The PIN is in your mail.', '', 'Thank you!'],
  ]);
});

test('[MS4] no page, welcome or quote holds what was taken back, and the log keeps it', async () => {
  const { id, agentWire, visitor, noor, pin } = await aTalk();
  await agentWire.must(edit(pin, 'It is 4712.'));
  await agentWire.must(remove(pin));
  for (const by of [visitor, noor]) {
    const conversation = conversationOf(id);
    const since = await at(id, by, pin - 1);
    const read = [
      await conversation.snapshot(by),
      await conversation.page(by, pin + 1),
      (await at(id, by)).frames,
      since.frames,
    ];
    expect(JSON.stringify(read)).not.toMatch(/471[12]/);
  }
  const quoting = (await at(id, visitor)).events().find(({ replyTo }) => replyTo !== undefined);
  expect(quoting).toMatchObject({ replyTo: { seq: pin, text: '' } });
  const rows = await runInDurableObject(conversationOf(id), (_instance, { storage }) =>
    storage.sql.exec<{ body: string }>('SELECT body FROM event').toArray(),
  );
  expect(rows.filter(({ body }) => body.includes('4711')).length).toBe(2);
});

test('[MS4] a message that is read again says when it was changed', async () => {
  const { id, agentWire, visitor, bye } = await aTalk();
  await agentWire.must(edit(bye, 'Have a great day.'));
  const page = await conversationOf(id).page(visitor, bye + 1);
  const said = page.ok && page.value.events.at(-1);
  expect(said).toMatchObject({ body: { text: 'Have a great day.' } });
  expect(said).toHaveProperty('editedAt');
});

test('[MS2] refusals say why: too late, not theirs, not a message', async () => {
  const { id, agentWire, wire, noor, pin } = await aTalk();
  expect(codeOf(await wire.command(edit(pin, 'Ha')))).toBe('message.not-yours');
  expect(codeOf(await agentWire.command(remove(1)))).toBe('message.unknown');
  expect(codeOf(await agentWire.command(remove(99)))).toBe('message.unknown');
  const mara = anAgent('Mara');
  expect(codeOf(await (await at(id, mara)).command(remove(pin)))).toBe('message.not-yours');
  vi.setSystemTime(Date.now() + 15 * 60_000);
  const late = await conversationOf(id).perform(noor, remove(pin), newCommandId(), 99);
  expect(late).toMatchObject({ refusal: { code: 'message.too-late' } });
  vi.useRealTimers();
});

test('[MS1] a note can’t be quoted to the visitor', async () => {
  const { id, agentWire, noor } = await aTalk();
  await agentWire.must({ type: 'note.add', body: textBody('They are angry.'), mentions: [] });
  const [note] = (await at(id, noor)).events().filter(({ type }) => type === 'note.added');
  expect(codeOf(await agentWire.command(say('Sorry', Number(note?.['seq']))))).toBe(
    'message.unknown',
  );
});

test('[MS5] the queue and the lists show what the last message says by now', async () => {
  const { id, agentWire, noor } = await aTalk();
  await agentWire.must(say('Wait for a colleague of mine, please.'));
  const seq = (await seqsOf(id, noor)).at(-1) ?? 0;
  await agentWire.must({ type: 'conversation.requeue' });
  await agentWire.must(edit(seq, 'A colleague will help you.'));
  const preview = 'A colleague will help you.';
  await eventually(async () => {
    const queue = await queueIn(SALES);
    expect(queue.find(({ conversationId }) => conversationId === id)?.preview).toBe(preview);
    const row = await env.DIRECTORY.prepare('SELECT preview FROM conversation WHERE id = ?')
      .bind(id)
      .first();
    expect(row).toEqual({ preview });
  });
  await agentWire.must(remove(seq));
  expect(await stateOf(id)).toMatchObject({ lastMessage: { seq, preview: '' } });
});

test('[MS6] a search finds what messages say by now, also when it is built again', async () => {
  const { id, agentWire, wire, noor } = await aTalk();
  const found = async (text: string) =>
    (await searchAll(noor, text)).filter(({ conversationId }) => conversationId === id);
  // From then on its words are searched as soon as anything but a message happens.
  vi.setSystemTime(Date.now() + 15 * 60_000);
  await runDurableObjectAlarm(conversationOf(id));
  vi.useRealTimers();
  for (const text of ['Your code is 0815.', 'Have a lovely evening.']) {
    await agentWire.must(say(text));
  }
  const [code = 0, wish = 0] = (await seqsOf(id, noor)).slice(-2);
  await wire.must(say('Splendid!'));
  await agentWire.must({ type: 'details.set', topic: 'Codes' });
  await eventually(async () => expect(await found('0815')).toHaveLength(1));

  await agentWire.must(edit(code, 'Your code is in your mailbox.'));
  await agentWire.must(remove(wish));
  const check = async () => {
    expect(await found('0815')).toEqual([]);
    expect(await found('lovely')).toEqual([]);
    expect(await found('mailbox')).toMatchObject([{ seq: code }]);
    expect(await found('Splendid')).toHaveLength(1);
  };
  await eventually(check);
  await runInDurableObject(conversationOf(id), (_instance, { storage }) =>
    new Projector(id, openLog(storage), PROJECTIONS, env).rebuild('search'),
  );
  await check();
});

test('[MS6] the search in the conversation finds no deleted text, and changed text where it stands', async () => {
  const { id, agentWire, noor, pin, bye } = await aTalk();
  await agentWire.must(edit(pin, 'The PIN is in your mailbox.'));
  await agentWire.must(remove(bye));
  const found = async (text: string) => {
    const outcome = await conversationOf(id).search(noor, { text, flags: '' });
    return outcome.ok && outcome.value.hits.map(({ seq }) => seq);
  };
  expect(await found('4711')).toEqual([]);
  expect(await found('nice')).toEqual([]);
  expect(await found('mailbox')).toEqual([pin]);
  const byNoor = await conversationOf(id).search(noor, { text: '', flags: '', from: 'Noor' });
  expect(byNoor.ok && byNoor.value.hits.map(({ seq }) => seq)).toEqual([pin]);
});

test('[MS2] a command that is sent again changes a message once', async () => {
  const { id, noor, pin } = await aTalk();
  const command = { type: 'message.edit', message: pin, body: textBody('Twice') } as const;
  const [commandId, after] = [newCommandId(), 6];
  const first = await conversationOf(id).perform(noor, command, commandId, after);
  expect(await conversationOf(id).perform(noor, command, commandId, after)).toEqual(first);
  const events = (await at(id, noor)).events();
  expect(events.filter(({ type }) => type === 'message.edited')).toHaveLength(1);
});
