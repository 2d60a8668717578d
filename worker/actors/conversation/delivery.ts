// Where a conversation's effects go: its department, its agents, the index.

import type { QueuePlace } from '#shared/conversation/signals.ts';
import type { ConversationState } from '#shared/conversation/state.ts';
import type { AgentId, ConversationId } from '#shared/ids.ts';
import { policyOf } from '#shared/settings/policy.ts';
import { preferredAgents } from '../../io/contacts.ts';
import { conversationRow, putConversation } from '../../io/conversations.ts';
import { settingsOf } from '../../io/settings.ts';
import { placesIn, type ConversationEffect } from './effects.ts';

type EffectTo<To extends ConversationEffect['to']> = Extract<ConversationEffect, { to: To }>;

/**
 * Answers with the place in the queue, if it has one.
 * @param state as it is now, which may be later than the effect
 */
export async function deliver(
  effect: ConversationEffect,
  id: ConversationId,
  state: ConversationState,
  env: Env,
): Promise<QueuePlace | null> {
  switch (effect.to) {
    case 'queue':
      return enqueue(effect, env);
    case 'queue-exit':
      await env.DEPARTMENT.getByName(effect.departmentId).remove(id, effect.seq);
      return null;
    case 'place': {
      // A word that was given up and comes back after hours would outlive the one that corrects it.
      if (effect.as !== null && placesIn(state).get(effect.agentId) !== effect.as) return null;
      const { agentId, as, departmentId, seq } = effect;
      await env.AGENT.getByName(agentId).settle({ conversationId: id, departmentId, as, seq });
      return null;
    }
    case 'index':
      await putConversation(env.DIRECTORY, conversationRow(id, effect.state, effect.seq));
      return null;
  }
}

async function enqueue(
  { departmentId, entry, preferring }: EffectTo<'queue'>,
  env: Env,
): Promise<QueuePlace | null> {
  const { last_agent_first } = policyOf(settingsOf(env), departmentId).routing;
  const preferred = preferring ? await preferredBy(preferring, last_agent_first, env) : [];
  return env.DEPARTMENT.getByName(departmentId).put(entry, preferred);
}

/** Nobody waits for the directory: when it can't say, he is served by whoever is next. */
async function preferredBy(
  { visitorId, wanted }: NonNullable<EffectTo<'queue'>['preferring']>,
  lastAgentFirst: boolean,
  env: Env,
): Promise<AgentId[]> {
  try {
    return await preferredAgents(env.DIRECTORY, visitorId, { wanted, lastAgentFirst });
  } catch (error) {
    console.error('routing: the directory did not say who is preferred', String(error));
    return wanted ? [wanted] : [];
  }
}
