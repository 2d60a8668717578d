// How far the readers of a log have got, and what this page says of its own reader.

import {
  NO_RECEIPT,
  participantOf,
  RECEIPT_WITHIN_MS,
  type LoggedMessage,
  type Receipt,
  type Receipts,
} from '#shared/receipts.ts';
import type { Connection } from './connection.ts';

export class ReadReceipts {
  /** The reader on this page, as {@link participantOf} names them. */
  readonly #ownName: string;
  readonly #connection: Pick<Connection, 'send'>;
  #receipts = $state.raw<Receipts>({});
  #seenUpTo = $state.raw(0);
  /** The last event of another author that has arrived. */
  #deliveredUpTo = 0;
  #said: Receipt = NO_RECEIPT;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(own: string, connection: Pick<Connection, 'send'>) {
    this.#ownName = own;
    this.#connection = connection;
  }

  /** By participant. */
  get all() {
    return this.#receipts;
  }

  /** The furthest that one of the readers has got. */
  furthest(isReader: (participant: string) => boolean): Receipt {
    return Object.entries(this.#receipts)
      .filter(([participant]) => isReader(participant))
      .reduce((furthest, [, receipt]) => furthestOf(furthest, receipt), NO_RECEIPT);
  }

  /** Up to where the reader on this page has seen the log, here or in another tab. */
  get seenUpTo(): number {
    return Math.max(this.#receipts[this.#ownName]?.seen ?? 0, this.#seenUpTo);
  }

  /** The server may have forgotten what it told before: receipts only move forward. */
  hear(receipts: Receipts): void {
    const all = { ...this.#receipts };
    for (const [participant, receipt] of Object.entries(receipts)) {
      all[participant] = furthestOf(all[participant] ?? NO_RECEIPT, receipt);
    }
    this.#receipts = all;
  }

  /** Events have arrived: those of others are told. One's own need no receipt. */
  arrived(events: readonly LoggedMessage[]): void {
    const last = events.findLast(({ by }) => participantOf(by) !== this.#ownName);
    if (!last) return;
    this.#deliveredUpTo = Math.max(this.#deliveredUpTo, last.seq);
    this.#sendSoon();
  }

  /** Everything up to `seq` has been in front of the reader's eyes. */
  see(seq: number): void {
    if (seq <= this.#seenUpTo) return;
    this.#seenUpTo = seq;
    this.#sendSoon();
  }

  /** What travels with the next command; undefined when there is nothing new to tell. */
  take(): Receipt | undefined {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#hasNews) return undefined;
    this.#said = this.#own;
    return this.#said;
  }

  /** The server has said welcome: what it has not kept of this reader is told once more. */
  welcomed(receipts: Receipts): void {
    this.hear(receipts);
    this.#said = receipts[this.#ownName] ?? NO_RECEIPT;
    this.#sendSoon();
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  get #own(): Receipt {
    // Seen are only messages of others: a receipt that covers no more than one's own says nothing.
    const seen = Math.min(this.#seenUpTo, this.#deliveredUpTo);
    return { delivered: this.#deliveredUpTo, seen };
  }

  get #hasNews(): boolean {
    const { delivered, seen } = this.#own;
    return delivered > this.#said.delivered || seen > this.#said.seen;
  }

  #sendSoon(): void {
    if (!this.#hasNews) return;
    this.#timer ??= setTimeout(() => {
      const receipt = this.take();
      if (!receipt) return;
      this.#connection.send({ type: 'signal', signal: { type: 'receipt', ...receipt } });
    }, RECEIPT_WITHIN_MS);
  }
}

const furthestOf = (one: Receipt, other: Receipt): Receipt => ({
  delivered: Math.max(one.delivered, other.delivered),
  seen: Math.max(one.seen, other.seen),
});
