// A thread as it is read: the log and what is still in the outbox, as one list of rows.

import { describe, type Sentence } from '#shared/conversation/describe.ts';
import type { ConversationEvent, MessageSent } from '#shared/conversation/events.ts';
import type { Marks } from '#shared/conversation/signals.ts';
import type { AgentId } from '#shared/ids.ts';
import { messageState, type MessageState } from '#web/lib/live/message-state.ts';
import type { OutboxItem } from '#web/lib/live/outbox.ts';
import { dayKey } from '#web/lib/ui/time-text.ts';

export interface MessageRow {
  readonly kind: 'message';
  /** The command's id: a bubble stays the same one when its message is stored. */
  readonly key: string;
  readonly at: number;
  readonly text: string;
  /** Null for the visitor. */
  readonly agent: { id: AgentId; name: string } | null;
  /** Null for whoever else's message; his own author sees how far it has got. */
  readonly state: MessageState | null;
  /** While it is in the outbox. */
  readonly item: OutboxItem | null;
  /** First and last of what one author wrote in a row. */
  first: boolean;
  last: boolean;
}

export type Row =
  | MessageRow
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | {
      readonly kind: 'sentence';
      readonly key: string;
      readonly at: number;
      readonly sentence: Sentence;
    };

export interface Thread {
  events: readonly ConversationEvent[];
  pending: readonly OutboxItem[];
  marks: Marks;
}

/** Messages further apart stand alone. */
const TOGETHER_MS = 5 * 60_000;

export function rowsOf(
  { events, pending, marks }: Thread,
  me: { agentId: AgentId; name: string },
  timeZone: string,
): Row[] {
  const rows: Row[] = [];
  let day = '';
  const add = (row: Row) => {
    const itsDay = dayKey(row.at, timeZone);
    // A pending one is stamped by this device, whose clock must not open a day of its own.
    const isPending = row.kind === 'message' && row.item !== null;
    if (itsDay !== day && !(isPending && day !== '')) {
      day = itsDay;
      rows.push({ kind: 'day', key: `day-${day}-${row.key}`, at: row.at });
    }
    join(rows.at(-1), row);
    rows.push(row);
  };
  for (const event of events) {
    if (event.type === 'message.sent') add(storedRow(event, me.agentId, marks));
    const sentence = describe(event, me.agentId);
    if (sentence) add({ kind: 'sentence', key: `event-${event.seq}`, at: event.at, sentence });
  }
  // For a moment a message is both stored and still in the outbox; it is one message.
  const waiting = pending.filter(({ id }) => !events.some((event) => event.id === id));
  for (const item of waiting) add(pendingRow(item, me));
  return rows;
}

function storedRow(event: MessageSent, me: AgentId, marks: Marks): MessageRow {
  const { id, at, by, text } = event;
  const isMine = by.kind === 'agent' && by.id === me;
  return {
    kind: 'message',
    key: id,
    at,
    text,
    agent: by.kind === 'agent' ? { id: by.id, name: by.name } : null,
    state: isMine ? messageState(event, marks) : null,
    item: null,
    first: true,
    last: true,
  };
}

function pendingRow(item: OutboxItem, { agentId, name }: { agentId: AgentId; name: string }) {
  return {
    kind: 'message',
    key: item.id,
    at: item.mintedAt,
    text: item.command.text,
    agent: { id: agentId, name },
    state: item.refusal ? 'failed' : 'waiting',
    item,
    first: true,
    last: true,
  } as const satisfies MessageRow;
}

function join(before: Row | undefined, row: Row): void {
  if (before?.kind !== 'message' || row.kind !== 'message') return;
  if (before.agent?.id !== row.agent?.id || row.at - before.at > TOGETHER_MS) return;
  before.last = false;
  row.first = false;
}
