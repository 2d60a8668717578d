// A thread as people read it: what the logs hold and what is still in the outbox, as one list of rows. The
// list goes on from what it was, so that one more message costs the same however long the thread is.

import type { ConversationEvent } from '#shared/conversation/events.ts';
import type { Receipt } from '#shared/receipts.ts';
import type { LogId, OutboxItem } from '#web/lib/live/outbox.ts';
import { append, dayRow, pendingRow, put, type Row } from './rows.ts';
import { StoredRows, type ThreadOptions } from './stored-rows.ts';

/** One conversation or direct chat, as far as it is loaded. */
export interface Part {
  readonly id: LogId;
  /** In order, without gaps. */
  readonly events: readonly ConversationEvent[];
}

export interface ThreadSource {
  /** Conversations that follow each other, oldest first. The last is the present one. */
  readonly parts: readonly Part[];
  /** Written in the present one, in order. */
  readonly pending: readonly OutboxItem[];
  /** How far the reader of one's own messages has got in it; null when that tells nothing any more. */
  readonly reader: Receipt | null;
}

export class Thread<Sentence> {
  readonly #options: ThreadOptions<Sentence>;
  #parts: ReadonlyMap<LogId, StoredRows<Sentence>> = new Map();

  constructor(options: ThreadOptions<Sentence>) {
    this.#options = options;
  }

  /** The same whatever was asked before; rows that say the same as before are the same objects. */
  rows({ parts, pending, reader }: ThreadSource): readonly Row<Sentence>[] {
    const { me, dayOf } = this.#options;
    const rows: Row<Sentence>[] = [];
    const stored = this.#stored(parts, reader);
    for (const part of stored) append(rows, part.rows, dayOf);
    // For a moment a message is both stored and still in the outbox; it is one message.
    for (const item of pending.filter(({ id }) => !stored.at(-1)?.has(id))) {
      const row = pendingRow(item, me);
      // Stamped by this device, whose clock must not open a day below others.
      put(rows, rows.length === 0 ? [dayRow(row), row] : [row]);
    }
    return rows;
  }

  #stored(parts: readonly Part[], reader: Receipt | null): StoredRows<Sentence>[] {
    const stored = parts.map(({ id, events }, index) => {
      const part = this.#parts.get(id) ?? new StoredRows(id, this.#options);
      part.update(events, index === parts.length - 1 ? reader : null);
      return part;
    });
    this.#parts = new Map(stored.map((part) => [part.id, part]));
    return stored;
  }
}
