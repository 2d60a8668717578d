// How far a message has got, as its author sees it.

import type { Mark } from '#shared/conversation/signals.ts';

/** `waiting` and `failed` are for what is still in the outbox. */
export type MessageState = 'waiting' | 'failed' | 'sent' | 'delivered' | 'seen';

/** The state of a stored message, by how far its reader has got. */
export function messageState(seq: number, reader: Mark): MessageState {
  if (seq <= reader.seen) return 'seen';
  return seq <= reader.delivered ? 'delivered' : 'sent';
}
