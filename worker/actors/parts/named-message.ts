// The message that a command names, for the decision about it.

import { namedIn } from '#shared/conversation/decide-message.ts';
import type { MessageSent } from '#shared/conversation/message-events.ts';

interface Log {
  readAfter(seq: number, limit: number): readonly { readonly type: string }[];
}

/** As it is now; null: the command names none, or there is none. */
export function namedMessage(command: object, log: Log): MessageSent | null {
  const seq = namedIn(command);
  const [event] = seq === null ? [] : log.readAfter(seq - 1, 1);
  return event && isMessage(event) ? event : null;
}

const isMessage = (event: { readonly type: string }): event is MessageSent =>
  event.type === 'message.sent';
