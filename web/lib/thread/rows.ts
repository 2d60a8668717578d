// The rows of a thread: what each one says, and how those that stand side by side change each other.

import type { MessageBody } from '#shared/conversation/body.ts';
import type { ConversationEvent, NoteAdded } from '#shared/conversation/events.ts';
import { bodyAfter, type Amendments } from '#shared/conversation/amendments.ts';
import { previewOf, type MessageSent, type Quote } from '#shared/conversation/message-events.ts';
import type { Receipt } from '#shared/receipts.ts';
import type { Author } from '#shared/identity.ts';
import type { LogId, OutboxItem } from '#web/lib/live/outbox.ts';
import { messageState, type MessageState } from './message-state.ts';

export interface MessageRow {
  readonly kind: 'message';
  /** The command's id: a bubble stays the same one when its message is stored. */
  readonly key: string;
  readonly log: LogId;
  /** Null while it is in the outbox. */
  readonly seq: number | null;
  readonly at: number;
  readonly body: MessageBody;
  /** The message that it answers. */
  readonly replyTo: Quote | null;
  /** When its author changed it, or took it back. */
  readonly editedAt: number | null;
  readonly author: Author;
  /** A note of an agent's, which no visitor sees. */
  readonly isNote: boolean;
  /** Null for the messages of others, and where it would tell nothing. */
  readonly state: MessageState | null;
  /** While it is in the outbox. */
  readonly item: OutboxItem | null;
  /** First and last of what one author wrote in a row. */
  readonly first: boolean;
  readonly last: boolean;
  /** Whether time and state stand below it; they don't where the next message would say the same. */
  readonly hasFooter: boolean;
}

export interface DayRow {
  readonly kind: 'day';
  readonly key: string;
  readonly at: number;
}

/** What happened, other than a message. */
export interface SentenceRow<Sentence> {
  readonly kind: 'sentence';
  readonly key: string;
  readonly at: number;
  readonly sentence: Sentence;
}

export type Row<Sentence> = MessageRow | SentenceRow<Sentence> | DayRow;

const ALONE = { kind: 'message', first: true, last: true, hasFooter: true } as const;

/** @param reader null where the message's state tells nothing */
export function storedRow(
  log: LogId,
  event: MessageSent | NoteAdded,
  reader: Receipt | null,
): MessageRow {
  const { id: key, seq, at, by: author, body } = event;
  const { replyTo = null, editedAt = null } = event.type === 'note.added' ? {} : event;
  const state = reader && messageState(seq, reader);
  const isNote = event.type === 'note.added';
  const said = { key, log, seq, at, body, replyTo, editedAt, author, isNote };
  return { ...ALONE, ...said, state, item: null };
}

/** A row as what has become of messages leaves it; the same one where that changes nothing. */
export function amendedRow(row: MessageRow, amendments: Amendments): MessageRow {
  const { seq, replyTo } = row;
  const own = seq !== null && amendments.get(seq);
  const ofQuoted = replyTo && amendments.get(replyTo.seq);
  return own || ofQuoted
    ? {
        ...row,
        ...(own && { body: bodyAfter(own), editedAt: own.at }),
        ...(ofQuoted && { replyTo: { ...replyTo, text: previewOf(bodyAfter(ofQuoted)) } }),
      }
    : row;
}

export function pendingRow(item: OutboxItem, author: Author): MessageRow {
  const { id: key, conversationId: log, mintedAt: at, quote: replyTo = null } = item;
  const { type, body } = item.command;
  const isNote = type === 'note.add';
  const state = item.refusal ? 'failed' : 'waiting';
  const said = { key, log, seq: null, at, body, replyTo, editedAt: null, author, isNote };
  return { ...ALONE, ...said, state, item };
}

export const sentenceRow = <Sentence>(
  log: LogId,
  { seq, at }: ConversationEvent,
  sentence: Sentence,
): SentenceRow<Sentence> => ({ kind: 'sentence', key: `${log}-${seq}`, at, sentence });

/** The day of a row, to stand above it. */
export const dayRow = ({ key, at }: Row<unknown>): DayRow => ({
  kind: 'day',
  key: `day-${key}`,
  at,
});

/** Puts rows that begin with a day below others. A day that both tell is told once. */
export function append<Sentence>(
  rows: Row<Sentence>[],
  more: readonly Row<Sentence>[],
  dayOf: (at: number) => string,
): void {
  const [before, day] = [rows.at(-1), more[0]];
  const isOneDay = before && day && dayOf(before.at) === dayOf(day.at);
  put(rows, isOneDay ? more.slice(1) : more);
}

/** Puts rows below others, as neighbours. */
export function put<Sentence>(rows: Row<Sentence>[], more: readonly Row<Sentence>[]): void {
  const seam = rows.length;
  for (const row of more) rows.push(row);
  regroup(rows, seam - 1);
  regroup(rows, seam);
}

/** Gives a message the edges and the footer that its neighbours leave it. */
export function regroup<Sentence>(rows: Row<Sentence>[], index: number): void {
  const row = rows[index];
  if (row?.kind !== 'message') return;
  const next = rows[index + 1];
  const first = !isTogether(rows[index - 1], row);
  const last = !isTogether(row, next);
  const isToldBelow = !last && next?.kind === 'message' && next.state === row.state;
  const hasFooter = !isToldBelow || row.state === 'failed';
  if (row.first === first && row.last === last && row.hasFooter === hasFooter) return;
  rows[index] = { ...row, first, last, hasFooter };
}

/** Messages further apart stand alone. */
const TOGETHER_MS = 5 * 60_000;

/** Whether both are what one author wrote in a row. */
function isTogether(before: Row<unknown> | undefined, row: Row<unknown> | undefined): boolean {
  if (before?.kind !== 'message' || row?.kind !== 'message') return false;
  if (before.isNote || row.isNote) return false;
  return isSame(before.author, row.author) && row.at - before.at <= TOGETHER_MS;
}

export const isSame = (one: Author, other: Author): boolean =>
  one.kind === 'agent' ? other.kind === 'agent' && other.id === one.id : one.kind === other.kind;
