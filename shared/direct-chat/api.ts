// Bodies of the routes of direct chats.

import * as v from 'valibot';
import { agentIdSchema } from '#shared/ids.ts';
import { receiptsSchema } from '#shared/receipts.ts';
import { directChatEventSchema, directChatStateSchema } from './direct-chat.ts';
import { pairIdSchema } from './pair.ts';

/** `GET /api/direct-chats/:colleague`: what the chat's page is rendered from. */
export const directChatBody = v.object({
  pairId: pairIdSchema,
  colleague: v.object({
    agentId: agentIdSchema,
    name: v.string(),
    /** Null: there is nobody by this id any more, or it is Parley itself. */
    username: v.nullable(v.string()),
  }),
  /** Whether the agent may write there: to a colleague who is there. */
  isOpen: v.boolean(),
  seq: v.number(),
  state: directChatStateSchema,
  receipts: receiptsSchema,
  events: v.array(directChatEventSchema),
  hasEarlier: v.boolean(),
});
export type DirectChatPage = v.InferOutput<typeof directChatBody>;
export type DirectChatSnapshot = Omit<DirectChatPage, 'pairId' | 'colleague' | 'isOpen'>;

/** `GET /api/direct-chats/:colleague/events?before=…` */
export const directEventsBody = v.object({
  events: v.array(directChatEventSchema),
  hasEarlier: v.boolean(),
});
export type DirectEventsPage = v.InferOutput<typeof directEventsBody>;
