// How far a message has got, as its author sees it.

import type { Receipt } from '#shared/receipts.ts';

/** `waiting` and `failed` are for what is still in the outbox. */
export type MessageState = 'waiting' | 'failed' | 'sent' | 'delivered' | 'seen';

/** The state of a stored message, by how far its reader has got. */
export function messageState(seq: number, reader: Receipt): MessageState {
  if (seq <= reader.seen) return 'seen';
  return seq <= reader.delivered ? 'delivered' : 'sent';
}
