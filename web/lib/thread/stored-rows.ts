// The rows of one log. They grow as it grows, at either end.

import { amendmentsIn } from '#shared/conversation/amendments.ts';
import type { ConversationEvent } from '#shared/conversation/events.ts';
import type { Amendment } from '#shared/conversation/message-events.ts';
import type { Receipt } from '#shared/receipts.ts';
import type { Author } from '#shared/identity.ts';
import type { CommandId } from '#shared/ids.ts';
import type { LogId } from '#web/lib/live/outbox.ts';
import { messageState } from './message-state.ts';
import {
  amendedRow,
  append,
  dayRow,
  isSame,
  regroup,
  sentenceRow,
  storedRow,
  type Row,
} from './rows.ts';

export interface ThreadOptions<Sentence> {
  /** Who reads the thread, and writes in it. */
  readonly me: Author;
  /** The sentence that tells an event; null for none. */
  readonly describe: (event: ConversationEvent) => Sentence | null;
  /** The same for all moments of one day of the reader's calendar. */
  readonly dayOf: (at: number) => string;
}

export class StoredRows<Sentence> {
  readonly id: LogId;
  readonly #options: ThreadOptions<Sentence>;
  readonly #ids = new Set<CommandId>();
  /** The last that has become of messages, as far as it is loaded. */
  readonly #amendments = new Map<number, Amendment>();
  #rows: Row<Sentence>[] = [];
  #events: readonly ConversationEvent[] = [];
  #reader: Receipt | null = null;

  constructor(id: LogId, options: ThreadOptions<Sentence>) {
    this.id = id;
    this.#options = options;
  }

  get rows(): readonly Row<Sentence>[] {
    return this.#rows;
  }

  has(id: CommandId): boolean {
    return this.#ids.has(id);
  }

  /** @param reader how far the reader of one's own messages has got; null when that tells nothing */
  update(events: readonly ConversationEvent[], reader: Receipt | null): void {
    if (reader !== this.#reader) this.#restate(reader);
    if (events !== this.#events) this.#grow(events);
  }

  #grow(events: readonly ConversationEvent[]): void {
    const known = this.#events;
    this.#events = events;
    const from = known[0] ? events.indexOf(known[0]) : 0;
    const to = from + known.length;
    if (from === -1 || events[to - 1] !== known.at(-1)) {
      // Another log in the old one's place.
      this.#ids.clear();
      this.#amendments.clear();
      this.#amendBy(events);
      this.#rows = this.#rowsOf(events);
      return;
    }
    this.#amendBy([...events.slice(0, from), ...events.slice(to)]);
    if (from > 0) {
      const earlier = this.#rowsOf(events.slice(0, from));
      append(earlier, this.#rows, this.#options.dayOf);
      this.#rows = earlier;
    }
    append(this.#rows, this.#rowsOf(events.slice(to)), this.#options.dayOf);
  }

  /** Rows that are there say what has become of their messages, and of those that they quote. */
  #amendBy(events: readonly ConversationEvent[]): void {
    const changes = amendmentsIn(events);
    for (const [message, amendment] of changes) {
      const known = this.#amendments.get(message);
      if (known && known.seq > amendment.seq) changes.delete(message);
      else this.#amendments.set(message, amendment);
    }
    if (changes.size === 0) return;
    this.#rows = this.#rows.map((row) => (row.kind === 'message' ? amendedRow(row, changes) : row));
  }

  #rowsOf(events: readonly ConversationEvent[]): Row<Sentence>[] {
    const rows: Row<Sentence>[] = [];
    for (const event of events) {
      this.#ids.add(event.id);
      const row = this.#rowOf(event);
      if (row) append(rows, [dayRow(row), row], this.#options.dayOf);
    }
    return rows;
  }

  #rowOf(event: ConversationEvent): Row<Sentence> | null {
    const { me, describe } = this.#options;
    if (event.type === 'message.sent') {
      const row = storedRow(this.id, event, isSame(event.by, me) ? this.#reader : null);
      return amendedRow(row, this.#amendments);
    }
    if (event.type === 'note.added') return storedRow(this.id, event, null);
    const sentence = describe(event);
    return sentence && sentenceRow(this.id, event, sentence);
  }

  /** The reader has got further: messages that were behind both receipts before still are. */
  #restate(reader: Receipt | null): void {
    const unchanged = unchangedUpTo(this.#reader, reader);
    this.#reader = reader;
    for (let index = this.#rows.length - 1; index >= 0; index--) {
      const row = this.#rows[index];
      if (row?.kind !== 'message' || row.seq === null) continue;
      if (row.seq <= unchanged) return;
      if (row.isNote || !isSame(row.author, this.#options.me)) continue;
      const state = reader && messageState(row.seq, reader);
      if (state === row.state) continue;
      this.#rows[index] = { ...row, state };
      regroup(this.#rows, index - 1);
      regroup(this.#rows, index);
    }
  }
}

/** The highest `seq` up to which every message has the same state by both. */
function unchangedUpTo(one: Receipt | null, other: Receipt | null): number {
  if (!one || !other) return 0;
  const upTo = (a: number, b: number) => (a === b ? Infinity : Math.min(a, b));
  return Math.min(upTo(one.delivered, other.delivered), upTo(one.seen, other.seen));
}
