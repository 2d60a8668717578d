// Where the visitor stands in the queue, and how long it may take, in words.

import type { QueuePosition } from '#shared/conversation/signals.ts';
import { m } from '#messages/compiled/messages.js';
import { waitText } from './date-text.ts';

/** Up to here every move is told; further back only some are, so what was told may have shrunk since. */
const EXACT = 5;

export function queueText({ position, waitSeconds }: QueuePosition): string {
  const place = placeText(position);
  if (waitSeconds === null) return place;
  return `${place} ${m.widget_queue_wait({ time: waitText(waitSeconds) })}`;
}

function placeText(position: number): string {
  const count = position - 1;
  if (count === 0) return m.widget_queue_next();
  return position > EXACT ? m.widget_queue_at_most({ count }) : m.widget_queue_ahead({ count });
}
