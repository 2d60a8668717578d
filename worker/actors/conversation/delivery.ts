// Where a conversation's effects go: its department, its agent, the index.

import type { ConversationState } from '#shared/conversation.ts';
import type { ConversationId } from '#shared/ids.ts';
import type { Env } from '../../env.ts';
import { conversationRow, putConversation } from '../../io/directory.ts';
import type { ConversationEffect } from './effects.ts';

/** @param state as it is now, which may be later than the effect */
export async function deliver(
  effect: ConversationEffect,
  id: ConversationId,
  state: ConversationState,
  env: Env,
): Promise<void> {
  switch (effect.to) {
    case 'queue':
      return env.DEPARTMENT.getByName(effect.departmentId).put(effect.entry);
    case 'queue-exit': {
      const department = env.DEPARTMENT.getByName(effect.departmentId);
      return department.remove(id, effect.queuedAt, effect.seq);
    }
    case 'place': {
      // A word that was given up and comes back after hours would outlive the one that corrects it.
      const isServed = state.status === 'serving' && state.agent.id === effect.agentId;
      if (effect.held && !isServed) return;
      return env.AGENT.getByName(effect.agentId).settle(id, effect.held, effect.seq);
    }
    case 'index':
      return putConversation(env.DIRECTORY, conversationRow(id, effect.state, effect.seq));
  }
}
