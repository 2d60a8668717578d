// What threads are made of in tests.

import * as v from 'valibot';
import { textBody } from '#shared/conversation/body.ts';
import type { ConversationEvent } from '#shared/conversation/events.ts';
import type { MessageSent } from '#shared/conversation/message-events.ts';
import type { Author } from '#shared/identity.ts';
import { agentIdSchema, newCommandId, newConversationId } from '#shared/ids.ts';
import type { OutboxItem } from '#web/lib/live/outbox.ts';
import type { ThreadSource } from './thread.ts';

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;
export const NOON = Date.UTC(2026, 2, 1, 12);

const agent = (id: string, name: string): Author => ({
  kind: 'agent',
  id: v.parse(agentIdSchema, id),
  name,
});
export const mara = agent('mara', 'Mara');
export const noor = agent('noor', 'Noor');
export const visitor: Author = { kind: 'visitor' };

export const conversationId = newConversationId;
const PRESENT = newConversationId();

export const dayOf = (at: number): string => new Date(at).toISOString().split('T')[0] ?? '';

export const said = (seq: number, by: Author, at: number, id = newCommandId()): MessageSent => ({
  ...{ type: 'message.sent', seq, at, id, by },
  body: textBody(`text ${seq}`),
});

export const waiting = (mintedAt: number, change: Partial<OutboxItem> = {}): OutboxItem => ({
  conversationId: PRESENT,
  id: newCommandId(),
  after: 0,
  command: { type: 'message.send', body: textBody('pending') },
  mintedAt,
  refusal: null,
  ...change,
});

/** A thread of one conversation. */
export const source = (
  events: readonly ConversationEvent[],
  change: Partial<ThreadSource> = {},
): ThreadSource => ({
  parts: [{ id: PRESENT, events }],
  pending: [],
  reader: { delivered: 0, seen: 0 },
  ...change,
});
