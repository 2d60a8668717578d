// What colleagues serve or have on hold, by agent.

import { conversationListBody, type ListedConversation } from '#shared/conversation-lists/list.ts';
import type { AgentId } from '#shared/ids.ts';
import * as v from 'valibot';

export interface OfColleague {
  readonly agentId: AgentId;
  readonly name: string;
  /** The one that waits the longest first. */
  readonly conversations: readonly ListedConversation[];
}

const PATH = '/api/conversations?status=taken&sort=oldest';

/** Null: there was no answer. */
export async function fetchTaken(
  request: typeof fetch = fetch,
): Promise<readonly ListedConversation[] | null> {
  try {
    const answer = await request(PATH);
    return answer.ok ? v.parse(conversationListBody, await answer.json()).conversations : null;
  } catch {
    return null;
  }
}

/** @param own the agent who looks: what is theirs stands elsewhere */
export function byColleague(
  taken: readonly ListedConversation[],
  own: AgentId,
): readonly OfColleague[] {
  const groups = new Map<AgentId, { name: string; conversations: ListedConversation[] }>();
  for (const one of taken) {
    const { agentId, agentName } = one;
    if (agentId === null || agentId === own) continue;
    const group = groups.get(agentId) ?? { name: agentName ?? '', conversations: [] };
    group.conversations.push(one);
    groups.set(agentId, group);
  }
  return [...groups]
    .map(([agentId, group]) => ({ agentId, ...group }))
    .sort((one, other) => one.name.localeCompare(other.name));
}
