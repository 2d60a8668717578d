// How Parley itself writes to an agent: in the direct chat that each agent has with it.

import type { MessageBody } from '#shared/conversation/body.ts';
import { BOT } from '#shared/direct-chat/bot.ts';
import { pairIdOf } from '#shared/direct-chat/pair.ts';
import { SYSTEM } from '#shared/identity.ts';
import { newCommandId, type AgentId, type CommandId } from '#shared/ids.ts';
import type { Outcome } from '#shared/refusals.ts';

/**
 * Answers with the `seq` of the message.
 * @param id a retry carries the same one, and leads to no second message
 */
export function tellAgent(
  env: Pick<Env, 'DIRECT_CHAT'>,
  agentId: AgentId,
  body: MessageBody,
  id: CommandId = newCommandId(),
): Promise<Outcome<number>> {
  const chat = env.DIRECT_CHAT.getByName(pairIdOf(BOT.id, agentId));
  return chat.perform(SYSTEM, { type: 'message.send', body }, id, 0);
}
