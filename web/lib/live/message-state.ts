// How far a message has got, as its author sees it.

import type { MessageSent } from '#shared/conversation/events.ts';
import type { Marks } from '#shared/conversation/signals.ts';

/** `waiting` and `failed` are for what is still in the outbox. */
export type MessageState = 'waiting' | 'failed' | 'sent' | 'delivered' | 'seen';

/** The state of a stored message, by the marks of the side that reads it. */
export function messageState({ seq, by }: MessageSent, marks: Marks): MessageState {
  const reader = marks[by.kind === 'visitor' ? 'agent' : 'visitor'];
  if (seq <= reader.seen) return 'seen';
  return seq <= reader.delivered ? 'delivered' : 'sent';
}
