// The search in one conversation, through its object.

import { runInDurableObject } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { textBody } from '#shared/conversation/body.ts';
import type { AgentPrincipal, Principal } from '#shared/identity.ts';
import { newCommandId, newConversationId, type ConversationId } from '#shared/ids.ts';
import type { ConversationHit, ConversationSearchQuery } from '#shared/search/bodies.ts';
import {
  anAgent,
  aServedConversation,
  aVisitor,
  conversationOf,
  SUPPORT,
} from '../../testing/people.ts';

type Query = Partial<ConversationSearchQuery>;
type Hit = Pick<ConversationHit, 'seq' | 'at' | 'snippet'>;

/** All hits, and how many calls that took. */
async function searchAll(
  id: ConversationId,
  by: Principal,
  query: Query,
): Promise<{ hits: Hit[]; calls: number }> {
  const hits: Hit[] = [];
  let before = query.before;
  for (let calls = 1; ; calls++) {
    const asked = { text: '', flags: '', ...query, before };
    const outcome = await conversationOf(id).search(by, asked);
    if (!outcome.ok) throw new Error(outcome.refusal.code);
    hits.push(...outcome.value.hits);
    if (outcome.value.next === null) return { hits, calls };
    before = outcome.value.next;
  }
}

const textsOf = async (id: ConversationId, by: Principal, query: Query) =>
  (await searchAll(id, by, query)).hits.map(({ snippet }) => snippet);

async function talk(by: AgentPrincipal) {
  const { id, wire, agentWire } = await aServedConversation(by);
  const visitor = (text: string) => wire.must({ type: 'message.send', body: textBody(text) });
  const agent = (text: string) => agentWire.must({ type: 'message.send', body: textBody(text) });
  await visitor('Is the fern in stock? See https://shop.example/fern');
  await agent('The fern ORD-12 is in stock.');
  await visitor('And ord-13?');
  await agent('That is a cactus.');
  return { id, agentWire };
}

test('[SR9] the newest come first, narrowed by who said it, by time and by what is in it', async () => {
  const noor = anAgent('Noor');
  const { id, agentWire } = await talk(noor);
  await agentWire.must({ type: 'conversation.end', comment: 'Wanted a fern' });
  const found = (query: Query) => textsOf(id, noor, query);
  const [comment, stock, question] = await found({ text: 'fern' });
  expect([comment, stock]).toEqual(['Wanted a fern', 'The fern ORD-12 is in stock.']);
  expect(question).toMatch(/^Is the fern/);
  expect(await found({ text: 'stock', from: 'visitor' })).toEqual([question]);
  expect(await found({ text: 'stock', from: noor.agentId })).toEqual([stock]);
  expect(await found({ text: 'stock', from: 'noo' })).toEqual([stock]);
  expect(await found({ text: 'stock', from: 'mara' })).toEqual([]);
  expect(await found({ has: 'link' })).toEqual([question]);
  expect(await found({ has: 'file' })).toEqual([]);
  expect(await found({ text: 'x' })).toEqual([]);
  const { hits } = await searchAll(id, noor, { from: 'visitor' });
  const [last] = hits;
  expect(await found({ from: 'visitor', since: (last?.at ?? 0) + 1 })).toEqual([]);
  expect(await found({ from: 'visitor', until: (last?.at ?? 0) + 1 })).toHaveLength(hits.length);
});

test('[SR8] a pattern is looked for in each message, and one that is wrong is refused', async () => {
  const noor = anAgent('Noor');
  const { id } = await talk(noor);
  expect(await textsOf(id, noor, { pattern: 'ord-\\d+', flags: 'i' })).toEqual([
    'And ord-13?',
    'The fern ORD-12 is in stock.',
  ]);
  expect(await textsOf(id, noor, { pattern: 'ord-\\d+' })).toEqual(['And ord-13?']);
  const wrong = await conversationOf(id).search(noor, { text: '', flags: '', pattern: 'a(b' });
  expect(wrong).toMatchObject({ ok: false, refusal: { code: 'search.pattern-wrong' } });
});

test('[SR9] only those who may read the conversation search in it', async () => {
  const { id } = await talk(anAgent('Noor'));
  const outsider = anAgent('Tom', { departments: [SUPPORT] });
  for (const by of [outsider, aVisitor()]) {
    expect(await conversationOf(id).search(by, { text: 'fern', flags: '' })).toMatchObject({
      ok: false,
      refusal: { code: 'conversation.unknown' },
    });
  }
  const nowhere = await conversationOf(newConversationId()).search(outsider, {
    text: 'fern',
    flags: '',
  });
  expect(nowhere.ok).toBe(false);
});

test('[SR9] a long log is searched piece by piece, all of it', async () => {
  const noor = anAgent('Noor');
  const { id } = await talk(noor);
  const from = 10;
  await runInDurableObject(conversationOf(id), (_instance, { storage }) => {
    storage.transactionSync(() => {
      for (let seq = from; seq < 4_000; seq++) {
        const text = seq % 500 === 0 ? `quokka ${seq}` : 'Nothing to see here, only some words.';
        const by = { kind: 'visitor' };
        const event = {
          type: 'message.sent',
          body: textBody(text),
          seq,
          id: newCommandId(),
          at: seq,
          by,
        };
        storage.sql.exec(
          'INSERT INTO event VALUES (?, ?, ?)',
          seq,
          event.id,
          JSON.stringify(event),
        );
      }
    });
  });
  for (const query of [{ text: 'quokka' }, { pattern: 'quokka \\d+' }]) {
    const { hits, calls } = await searchAll(id, noor, { ...query, before: 4_000 });
    expect(hits.map(({ seq }) => seq)).toEqual([3500, 3000, 2500, 2000, 1500, 1000, 500]);
    expect(calls).toBeGreaterThan(1);
  }
});
