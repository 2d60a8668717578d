// Tells an agent that they have the conversation open.

import type { AgentId, ConversationId } from '#shared/ids.ts';
import type { LogSocketState } from '../parts/log-stream.ts';
import type { Sockets } from '../parts/sockets.ts';

interface Deps {
  readonly id: ConversationId;
  readonly env: Pick<Env, 'AGENT'>;
  readonly sockets: Sockets<never, LogSocketState>;
}

/** An agent must be known to be here, so that what they may see can end at once. */
export async function tellOpened(
  agentId: AgentId,
  lookedUpAt: number,
  { id, env, sockets }: Deps,
): Promise<void> {
  const isNoted = await env.AGENT.getByName(agentId)
    .noteOpened(id, lookedUpAt)
    .catch((error: unknown) => console.error('unreachable', String(error)));
  if (!isNoted) sockets.closeAllOf(agentId, 'renew');
}
