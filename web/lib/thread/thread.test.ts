// How events and the outbox become the rows of a thread.
import { describe, expect, test } from 'vitest';
import { textBody } from '#shared/conversation/body.ts';
import type { ConversationEvent } from '#shared/conversation/events.ts';
import { newCommandId } from '#shared/ids.ts';
import { refusal } from '#shared/refusals.ts';
import type { MessageRow, Row } from './rows.ts';
import {
  conversationId,
  dayOf,
  DAY,
  mara,
  MINUTE,
  NOON,
  said,
  source,
  visitor,
  waiting,
} from './testing.ts';
import { Thread, type ThreadSource } from './thread.ts';

const rowsOf = (of: ThreadSource): readonly Row<string>[] =>
  new Thread({
    me: mara,
    describe: ({ type }) => (type.startsWith('message.') ? null : type),
    dayOf,
  }).rows(of);
const kinds = (of: ThreadSource) => rowsOf(of).map(({ kind }) => kind);
const messages = (of: ThreadSource): MessageRow[] =>
  rowsOf(of).filter((row) => row.kind === 'message');
const edges = (of: ThreadSource) => messages(of).map(({ first, last }) => [first, last]);

describe('groups', () => {
  test('[WS5] [WG2] what one author writes within five minutes stands together', () => {
    const events = [
      said(1, visitor, NOON),
      said(2, visitor, NOON + 5 * MINUTE),
      said(3, mara, NOON + 6 * MINUTE),
      said(4, visitor, NOON + 7 * MINUTE),
      said(5, visitor, NOON + 12 * MINUTE + 1),
    ];
    expect(edges(source(events))).toEqual([
      [true, false],
      [false, true],
      [true, true],
      [true, true],
      [true, true],
    ]);
  });

  test('[WG2] time and state stand once below messages that share them', () => {
    const events = [said(1, mara, NOON), said(2, mara, NOON), said(3, mara, NOON)];
    const reader = { delivered: 1, seen: 1 };
    expect(messages(source(events, { reader })).map((row) => [row.state, row.hasFooter])).toEqual([
      ['seen', true],
      ['sent', false],
      ['sent', true],
    ]);
  });

  test('[WG3] each failed message has a footer of its own', () => {
    const failed = { refusal: refusal('message.too-long', { limit: 10, found: 11 }) };
    const pending = [waiting(NOON, failed), waiting(NOON + MINUTE, failed)];
    expect(messages(source([], { pending })).map((row) => [row.state, row.hasFooter])).toEqual([
      ['failed', true],
      ['failed', true],
    ]);
  });
});

describe('days', () => {
  test('[WS6] [WG2] each day is told once, where it begins', () => {
    const events = [
      said(1, visitor, NOON),
      said(2, visitor, NOON + MINUTE),
      said(3, visitor, NOON + DAY),
    ];
    expect(kinds(source(events))).toEqual(['day', 'message', 'message', 'day', 'message']);
  });

  test('[WS7] a pending message stands last, even by a clock that is a day behind', () => {
    const of = source([said(1, visitor, NOON)], { pending: [waiting(NOON - DAY)] });
    expect(kinds(of)).toEqual(['day', 'message', 'message']);
    expect(messages(of).at(-1)?.state).toBe('waiting');
  });

  test('[WG2] a conversation that follows on the same day begins no day', () => {
    const before = { id: conversationId(), events: [said(1, visitor, NOON)] };
    const { parts, ...present } = source([said(1, visitor, NOON + MINUTE)]);
    expect(kinds({ ...present, parts: [before, ...parts] })).toEqual(['day', 'message', 'message']);
  });
});

describe('the outbox', () => {
  test('[WS7] [WG3] a message that is stored and still in the outbox is shown once, under the same key', () => {
    const item = waiting(NOON);
    const [before] = messages(source([], { pending: [item] }));
    const after = messages(source([said(1, mara, NOON, item.id)], { pending: [item] }));
    expect(after).toHaveLength(1);
    expect(after[0]?.key).toBe(before?.key);
    expect(after[0]?.item).toBeNull();
  });

  test('[WS8] the author of a message sees how far it has got; a refused one has failed', () => {
    const events = [said(1, visitor, NOON), said(2, mara, NOON)];
    const pending = [waiting(NOON, { refusal: refusal('conversation.closed') })];
    const of = source(events, { pending, reader: { delivered: 2, seen: 0 } });
    expect(messages(of).map(({ state }) => state)).toEqual([null, 'delivered', 'failed']);
  });
});

test('[WS9] one command can lead to several sentences', () => {
  const id = newCommandId();
  const envelope = { at: NOON, id, by: mara };
  const events: ConversationEvent[] = [
    { type: 'conversation.ended', seq: 1, ...envelope },
    { type: 'comment.added', seq: 2, ...envelope, text: 'refunded' },
  ];
  const rows = rowsOf(source(events));
  expect(rows.flatMap((row) => (row.kind === 'sentence' ? [row.sentence] : []))).toEqual([
    'conversation.ended',
    'comment.added',
  ]);
  expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
});

describe('messages that are changed', () => {
  const id = newCommandId();
  const envelope = { at: NOON + MINUTE, id, by: mara };
  const edited = (seq: number, message: number, text: string): ConversationEvent => ({
    ...{ type: 'message.edited', seq, message, body: textBody(text), ...envelope },
  });
  const deleted = (seq: number, message: number): ConversationEvent => ({
    ...{ type: 'message.deleted', seq, message, ...envelope },
  });
  const replyTo = { seq: 1, by: mara, text: 'text 1' };
  const reply = { ...said(2, visitor, NOON), replyTo };
  const looks = (events: readonly ConversationEvent[]) =>
    messages(source(events)).map(({ body, editedAt, replyTo: quote }) => [
      ...[body.text, editedAt !== null, quote?.text],
    ]);

  test('[MS3] a changed message says its new words, and so does what quotes it', () => {
    expect(looks([said(1, mara, NOON), reply, edited(3, 1, 'Oops'), edited(4, 1, 'New')])).toEqual([
      ['New', true, undefined],
      ['text 2', false, 'New'],
    ]);
  });

  test('[MS3] a deleted message stays where it was, with no words', () => {
    expect(looks([said(1, mara, NOON), reply, edited(3, 1, 'Oops'), deleted(4, 1)])).toEqual([
      ['', true, undefined],
      ['text 2', false, ''],
    ]);
  });

  test('[MS3] a message that was loaded as it is now is marked, too', () => {
    const now = { ...said(1, mara, NOON), editedAt: NOON + MINUTE };
    expect(looks([now])).toEqual([['text 1', true, undefined]]);
  });

  test('[MS1] what waits in the outbox shows what it quotes', () => {
    const command = { type: 'message.send', body: textBody('Yes'), replyTo: 1 } as const;
    const quote = { seq: 1, by: visitor, text: 'text 1' };
    const of = source([said(1, visitor, NOON)], { pending: [waiting(NOON, { command, quote })] });
    expect(messages(of).at(-1)?.replyTo).toEqual(quote);
  });
});
