// Where an agent's effects go: their departments, the conversations that they serve.

import { SYSTEM } from '#shared/identity.ts';
import { newCommandId, type DepartmentId } from '#shared/ids.ts';
import type { AgentEffect } from './effects.ts';
import type { AgentPresence } from './presence.ts';

interface Deps {
  /** As it is now, which may be later than the effect. */
  readonly presence: AgentPresence;
  readonly env: Pick<Env, 'CONVERSATION' | 'DEPARTMENT'>;
  readonly announceTo: (departmentId: DepartmentId) => Promise<void>;
}

export async function deliver(
  effect: AgentEffect,
  { presence, env, announceTo }: Deps,
): Promise<void> {
  const { agentId } = presence;
  switch (effect.to) {
    case 'roster':
      // They may have left it since.
      if (presence.departments.includes(effect.departmentId)) await announceTo(effect.departmentId);
      return;
    case 'roster-exit':
      return env.DEPARTMENT.getByName(effect.departmentId).removeRosterEntry(
        agentId,
        effect.version,
      );
    case 'conversation': {
      if (presence.online) return; // They are back.
      const conversation = env.CONVERSATION.getByName(effect.conversationId);
      const command = { type: 'agent.went-offline', agentId } as const;
      await conversation.perform(SYSTEM, command, newCommandId(), 0);
    }
  }
}
