// A part of a conversation's log, as it is fetched when a reader scrolls back.

import * as v from 'valibot';
import { conversationEventSchema } from './events.ts';

/** `GET /api/conversations/:id/events?before=seq`: the page of the log that ends before `seq`. */
export const eventsBody = v.object({
  events: v.array(conversationEventSchema),
  hasEarlier: v.boolean(),
});
export type EventsPage = v.InferOutput<typeof eventsBody>;
