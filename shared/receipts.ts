// How far each participant of a log has got. Receipts are told and merged, and never stored as events.

import * as v from 'valibot';
import type { Author } from './identity.ts';

const seqSchema = v.pipe(v.number(), v.integer(), v.minValue(0));

export const receiptEntries = {
  /** The highest `seq` that has arrived. */
  delivered: seqSchema,
  /** The highest `seq` that was in front of the reader's eyes. */
  seen: seqSchema,
};
export const receiptSchema = v.strictObject(receiptEntries);
export type Receipt = v.InferOutput<typeof receiptSchema>;

/** By participant: see {@link participantOf}. */
export const receiptsSchema = v.record(v.string(), v.object(receiptEntries));
export type Receipts = v.InferOutput<typeof receiptsSchema>;

/** As much of an event as receipts need. */
export interface LoggedMessage {
  readonly seq: number;
  readonly by: Author;
}

export const NO_RECEIPT: Receipt = { delivered: 0, seen: 0 };

/**
 * A receipt travels with the next command of its reader; without one it goes alone after this, once for all
 * that has arrived meanwhile.
 */
export const RECEIPT_WITHIN_MS = 3_000;

/** An agent's id, or `visitor`, of whom a conversation has one. */
export const participantOf = (author: Author): string =>
  author.kind === 'agent' ? author.id : author.kind;

/** Receipts only move forward, and never past the log's end. Returns `receipts` itself when nothing moved. */
export function advance(
  receipts: Receipts,
  participant: string,
  said: Receipt,
  end: number,
): Receipts {
  const had = receipts[participant] ?? NO_RECEIPT;
  const seen = Math.max(had.seen, Math.min(said.seen, end));
  const delivered = Math.max(had.delivered, Math.min(said.delivered, end), seen);
  if (seen === had.seen && delivered === had.delivered) return receipts;
  return { ...receipts, [participant]: { delivered, seen } };
}
