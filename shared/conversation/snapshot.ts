// What a page is first rendered from, and what a socket's welcome carries.

import * as v from 'valibot';
import { conversationIdSchema } from '#shared/ids.ts';
import { receiptsSchema } from '#shared/receipts.ts';
import { conversationEventSchema } from './events.ts';
import { conversationStateSchema } from './state.ts';

export const EVENTS_PER_PAGE = 100;

export const conversationSnapshotSchema = v.object({
  conversationId: conversationIdSchema,
  /** Of the last event in the log, whether or not the audience hears it. */
  seq: v.number(),
  state: conversationStateSchema,
  receipts: receiptsSchema,
  /** In order, gapless as far as the audience may hear. */
  events: v.array(conversationEventSchema),
  /** True when the log begins before `events`: page back with `before`. */
  hasEarlier: v.boolean(),
});
export type ConversationSnapshot = v.InferOutput<typeof conversationSnapshotSchema>;
