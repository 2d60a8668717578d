// What the thread shows, in order: a line for each day, system lines, and messages grouped by author.

import {
  describeToVisitor,
  type VisitorSentence,
} from '#shared/conversation/describe-to-visitor.ts';
import type { ConversationEvent, MessageSent } from '#shared/conversation/events.ts';
import type { Marks } from '#shared/conversation/signals.ts';
import type { Author } from '#shared/identity.ts';
import type { ConversationId } from '#shared/ids.ts';
import { messageState, type MessageState } from '#web/lib/live/message-state.ts';
import type { OutboxItem } from '#web/lib/live/outbox.ts';
import type { VisitorSession } from './visitor-session.svelte.ts';

export interface Bubble {
  /** The command's id: it stays when the message gets from the outbox into the log. */
  key: string;
  text: string;
  at: number;
  /** Null where it would tell nothing: the other side's messages, and ended conversations. */
  state: MessageState | null;
  /** While it is in the outbox. */
  item: OutboxItem | null;
  /** Whether time and state stand below it; they don't where the next bubble would say the same. */
  hasFooter: boolean;
}

export type ThreadItem =
  | { kind: 'day'; key: string; at: number }
  | { kind: 'line'; key: string; sentence: VisitorSentence; at: number }
  | { kind: 'group'; key: string; author: Author; bubbles: Bubble[] };

export interface ThreadPart {
  id: ConversationId;
  events: readonly ConversationEvent[];
  pending: readonly OutboxItem[];
  /** Null for a past conversation. */
  marks: Marks | null;
}

/** The conversations that came before and the present one, as the one thread that they are to the visitor. */
export function partsOf({ earlier, conversation, hasEnded }: VisitorSession): ThreadPart[] {
  if (!conversation) return [];
  const { id, events, pending } = conversation;
  const parts = earlier.conversations.map((one) => ({ ...one, pending: [], marks: null }));
  return [...parts, { id, events, pending, marks: hasEnded ? null : conversation.marks }];
}

/** Messages further apart than this are no longer one breath. */
const GROUP_MS = 5 * 60_000;

export function threadItems(parts: readonly ThreadPart[]): ThreadItem[] {
  const items: ThreadItem[] = [];
  let lastAt: number | null = null;

  const startDay = (at: number) => {
    if (lastAt === null || dayOf(lastAt) !== dayOf(at)) {
      items.push({ kind: 'day', key: `day-${dayOf(at)}-${items.length}`, at });
    }
    lastAt = at;
  };
  const addBubble = (author: Author, bubble: Bubble) => {
    startDay(bubble.at);
    const last = items.at(-1);
    if (last?.kind !== 'group' || !continues(last, author, bubble.at)) {
      items.push({ kind: 'group', key: `by-${bubble.key}`, author, bubbles: [bubble] });
      return;
    }
    const before = last.bubbles.at(-1);
    if (before && before.state === bubble.state) before.hasFooter = before.state === 'failed';
    last.bubbles.push(bubble);
  };

  for (const { id, events, pending, marks } of parts) {
    for (const event of events) {
      if (event.type === 'message.sent') addBubble(event.by, storedBubble(event, marks));
      const sentence = describeToVisitor(event);
      if (!sentence) continue;
      startDay(event.at);
      items.push({ kind: 'line', key: `${id}-${event.seq}`, sentence, at: event.at });
    }
    // An acknowledged message leaves the outbox a moment after it has entered the log.
    const stored = new Set(events.map((event) => event.id));
    for (const item of pending) {
      if (!stored.has(item.id)) addBubble({ kind: 'visitor' }, pendingBubble(item));
    }
  }
  return items;
}

function storedBubble(event: MessageSent, marks: Marks | null): Bubble {
  const isOwn = event.by.kind === 'visitor';
  return {
    key: event.id,
    text: event.text,
    at: event.at,
    state: isOwn && marks ? messageState(event, marks) : null,
    item: null,
    hasFooter: true,
  };
}

const pendingBubble = (item: OutboxItem): Bubble => ({
  key: item.id,
  text: item.command.text,
  at: item.mintedAt,
  state: item.refusal ? 'failed' : 'waiting',
  item,
  hasFooter: true,
});

type Group = Extract<ThreadItem, { kind: 'group' }>;

function continues({ author, bubbles }: Group, next: Author, at: number): boolean {
  const isSame =
    author.kind === 'visitor'
      ? next.kind === 'visitor'
      : author.kind === 'agent' && next.kind === 'agent' && next.id === author.id;
  const last = bubbles.at(-1);
  return isSame && last !== undefined && at - last.at < GROUP_MS;
}

/** The day as the reader's calendar has it. */
const dayOf = (at: number): string => new Date(at).toDateString();
