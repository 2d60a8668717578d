import { expect, test } from 'vitest';
import * as v from 'valibot';
import type { ConversationEvent } from '#shared/conversation/events.ts';
import { NO_MARKS } from '#shared/conversation/signals.ts';
import type { Author } from '#shared/identity.ts';
import { agentIdSchema, newCommandId, newConversationId, type CommandId } from '#shared/ids.ts';
import { refusal } from '#shared/refusals.ts';
import type { OutboxItem } from '#web/lib/live/outbox.ts';
import { rowsOf, type MessageRow, type Row } from './rows.ts';

const MINUTE = 60_000;
const NOON = Date.UTC(2026, 2, 1, 12);
const me = { agentId: v.parse(agentIdSchema, 'mara'), name: 'Mara' };
const mara: Author = { kind: 'agent', id: me.agentId, name: 'Mara' };
const visitor: Author = { kind: 'visitor' };

let seq = 0;
const said = (by: Author, at: number, id: CommandId = newCommandId()): ConversationEvent => {
  seq += 1;
  return { type: 'message.sent', seq, at, id, by, text: `text ${seq}` };
};
const waiting = (at: number, change: Partial<OutboxItem> = {}): OutboxItem => ({
  conversationId: newConversationId(),
  id: newCommandId(),
  after: 0,
  command: { type: 'message.send', text: 'pending' },
  mintedAt: at,
  refusal: null,
  ...change,
});
const rows = (events: ConversationEvent[], pending: OutboxItem[] = [], marks = NO_MARKS) =>
  rowsOf({ events, pending, marks }, me, 'UTC');
const messages = (all: Row[]): MessageRow[] => all.filter((row) => row.kind === 'message');
const edges = (all: Row[]) => messages(all).map(({ first, last }) => [first, last]);

test('[WS5] what one author writes within five minutes stands together', () => {
  const all = rows([
    said(visitor, NOON),
    said(visitor, NOON + MINUTE),
    said(mara, NOON + 2 * MINUTE),
    said(visitor, NOON + 3 * MINUTE),
    said(visitor, NOON + 9 * MINUTE),
  ]);
  expect(edges(all)).toEqual([
    [true, false],
    [false, true],
    [true, true],
    [true, true],
    [true, true],
  ]);
});

test('[WS6] each day is told once, where it begins', () => {
  const all = rows([
    said(visitor, NOON),
    said(visitor, NOON + MINUTE),
    said(visitor, NOON + 24 * 60 * MINUTE),
  ]);
  expect(all.map(({ kind }) => kind)).toEqual(['day', 'message', 'message', 'day', 'message']);
});

test('[WS7] a pending message stands last, even by a clock that is a day behind', () => {
  const all = rows([said(visitor, NOON)], [waiting(NOON - 24 * 60 * MINUTE)]);
  expect(all.map(({ kind }) => kind)).toEqual(['day', 'message', 'message']);
  expect(messages(all).at(-1)?.state).toBe('waiting');
});

test('[WS7] a message that is stored and still in the outbox is shown once, under the same key', () => {
  const item = waiting(NOON);
  const before = messages(rows([], [item]));
  const after = messages(rows([said(mara, NOON, item.id)], [item]));
  expect(after).toHaveLength(1);
  expect(after[0]?.key).toBe(before[0]?.key);
  expect(after[0]?.item).toBeNull();
});

test('[WS8] its author sees how far a message has got; a refused one has failed', () => {
  const event = said(mara, NOON);
  const marks = { ...NO_MARKS, visitor: { delivered: event.seq, seen: 0 } };
  const failed = waiting(NOON, { refusal: refusal('conversation.closed') });
  const all = messages(rows([said(visitor, NOON), event], [failed], marks));
  expect(all.map(({ state }) => state)).toEqual([null, 'delivered', 'failed']);
});

test('[WS9] a closing comment is a sentence of its own beside the end, though one command made both', () => {
  const id = newCommandId();
  const all = rows([
    { type: 'conversation.ended', seq: 1, at: NOON, id, by: mara },
    { type: 'comment.added', seq: 2, at: NOON, id, by: mara, text: 'refunded' },
  ]);
  const sentences = all.flatMap((row) => (row.kind === 'sentence' ? [row.sentence] : []));
  expect(sentences).toEqual([
    { key: 'ended-by-you' },
    { key: 'comment', name: 'Mara', text: 'refunded' },
  ]);
  expect(new Set(all.map(({ key }) => key)).size).toBe(all.length);
});
