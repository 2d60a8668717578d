// How events and the outbox become what the thread shows.
import { describe, expect, test } from 'vitest';
import * as v from 'valibot';
import type { ConversationEvent } from '#shared/conversation/events.ts';
import { NO_MARKS } from '#shared/conversation/signals.ts';
import type { Author } from '#shared/identity.ts';
import { agentIdSchema, newCommandId, newConversationId, type CommandId } from '#shared/ids.ts';
import { refusal } from '#shared/refusals.ts';
import type { OutboxItem } from '#web/lib/live/outbox.ts';
import { threadItems, type ThreadItem, type ThreadPart } from './thread-items.ts';

const MINUTE_MS = 60_000;
const noon = new Date(2026, 4, 4, 12).getTime();
const id = newConversationId();
const visitor: Author = { kind: 'visitor' };
const ada: Author = { kind: 'agent', id: v.parse(agentIdSchema, 'ada'), name: 'Ada' };

const message = (seq: number, by: Author, minutes: number): ConversationEvent => ({
  type: 'message.sent',
  seq,
  at: noon + minutes * MINUTE_MS,
  id: newCommandId(),
  by,
  text: `message ${seq}`,
});

const waiting = (commandId: CommandId, minutes: number, isRefused = false): OutboxItem => ({
  conversationId: id,
  id: commandId,
  after: 0,
  command: { type: 'message.send', text: 'waiting' },
  mintedAt: noon + minutes * MINUTE_MS,
  refusal: isRefused ? refusal('message.too-long') : null,
});

const part = (events: ConversationEvent[], pending: OutboxItem[] = []): ThreadPart => ({
  id,
  events,
  pending,
  marks: NO_MARKS,
});

const groups = (items: ThreadItem[]) =>
  items.flatMap((item) => (item.kind === 'group' ? [item.bubbles] : []));

describe('threadItems', () => {
  test('[WG2] groups what one author writes in one breath', () => {
    const items = threadItems([
      part([
        message(1, visitor, 0),
        message(2, visitor, 1),
        message(3, ada, 2),
        message(4, visitor, 3),
        message(5, visitor, 20),
      ]),
    ]);
    expect(groups(items).map((bubbles) => bubbles.length)).toEqual([2, 1, 1, 1]);
  });

  test('[WG2] says time and state once for bubbles that share them', () => {
    const [bubbles] = groups(
      threadItems([
        {
          ...part([message(1, visitor, 0), message(2, visitor, 1), message(3, visitor, 2)]),
          marks: { ...NO_MARKS, agent: { delivered: 1, seen: 1 } },
        },
      ]),
    );
    expect(bubbles?.map(({ state, hasFooter }) => [state, hasFooter])).toEqual([
      ['seen', true],
      ['sent', false],
      ['sent', true],
    ]);
  });

  test('[WG2] begins each day with a line', () => {
    const items = threadItems([part([message(1, visitor, 0), message(2, visitor, 24 * 60)])]);
    expect(items.map(({ kind }) => kind)).toEqual(['day', 'group', 'day', 'group']);
  });

  test('[WG3] shows a message once while it moves from the outbox into the log', () => {
    const sent = message(1, visitor, 0);
    const [before] = groups(threadItems([part([], [waiting(sent.id, 0)])]));
    const [during] = groups(threadItems([part([sent], [waiting(sent.id, 0)])]));
    expect(during).toHaveLength(1);
    expect(during?.[0]?.key).toBe(before?.[0]?.key);
  });

  test('[WG3] gives every failed message a footer of its own', () => {
    const failed = [waiting(newCommandId(), 0, true), waiting(newCommandId(), 1, true)];
    const [bubbles] = groups(threadItems([part([], failed)]));
    expect(bubbles?.map(({ state, hasFooter }) => [state, hasFooter])).toEqual([
      ['failed', true],
      ['failed', true],
    ]);
  });
});
