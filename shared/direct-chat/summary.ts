// A direct chat as a line of an agent's list.

import * as v from 'valibot';
import { agentRefSchema } from '#shared/conversation/events.ts';
import { lastDirectMessageSchema } from './direct-chat.ts';
import { pairIdSchema } from './pair.ts';

export const directChatSummarySchema = v.object({
  pairId: pairIdSchema,
  colleague: agentRefSchema,
  lastMessage: lastDirectMessageSchema,
  /** Messages of the colleague that the agent has not seen. */
  unread: v.number(),
});
export type DirectChatSummary = v.InferOutput<typeof directChatSummarySchema>;

/** As many as an agent's list shows. */
export const DIRECT_CHATS_IN_SIGHT = 50;
/** More unread messages than this are not counted. */
export const MOST_UNREAD = 99;

/** The list with a chat as it is now, which its last message brings to its place. */
export function withChat(
  chats: readonly DirectChatSummary[],
  changed: DirectChatSummary,
): DirectChatSummary[] {
  const others = chats.filter(({ pairId }) => pairId !== changed.pairId);
  return [...others, changed]
    .sort((one, other) => other.lastMessage.at - one.lastMessage.at)
    .slice(0, DIRECT_CHATS_IN_SIGHT);
}
