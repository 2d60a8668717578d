// The rows of a thread: what each one says, and how those that stand side by side change each other.

import type { MessageBody } from '#shared/conversation/body.ts';
import type { ConversationEvent, MessageSent, NoteAdded } from '#shared/conversation/events.ts';
import type { Receipt } from '#shared/receipts.ts';
import type { Author } from '#shared/identity.ts';
import type { LogId, OutboxItem } from '#web/lib/live/outbox.ts';
import { messageState, type MessageState } from './message-state.ts';

export interface MessageRow {
  readonly kind: 'message';
  /** The command's id: a bubble stays the same one when its message is stored. */
  readonly key: string;
  /** Null while it is in the outbox. */
  readonly seq: number | null;
  readonly at: number;
  readonly body: MessageBody;
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
export function storedRow(event: MessageSent | NoteAdded, reader: Receipt | null): MessageRow {
  const { id, seq, at, by, body } = event;
  const state = reader && messageState(seq, reader);
  const isNote = event.type === 'note.added';
  return { ...ALONE, key: id, seq, at, body, author: by, isNote, state, item: null };
}

export function pendingRow(item: OutboxItem, author: Author): MessageRow {
  const state = item.refusal ? 'failed' : 'waiting';
  const { type, body } = item.command;
  const [at, isNote] = [item.mintedAt, type === 'note.add'];
  return { ...ALONE, key: item.id, seq: null, at, body, author, isNote, state, item };
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
