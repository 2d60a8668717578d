// Where an agent's effects go: their departments, the conversations that they serve.

import { SYSTEM } from '#shared/identity.ts';
import { newCommandId, type AgentId, type DepartmentId } from '#shared/ids.ts';
import { putUndelivered } from '../../io/undelivered.ts';
import { Outbox } from '../parts/outbox.ts';
import { readEffect, type AgentEffect } from './effects.ts';
import type { AgentPresence } from './presence.ts';

interface Deps {
  readonly id: AgentId;
  /** As it is now, which may be later than the effect. */
  readonly presence: () => AgentPresence;
  readonly env: Pick<Env, 'CONVERSATION' | 'DEPARTMENT' | 'DIRECTORY'>;
  readonly announceTo: (departmentId: DepartmentId) => Promise<void>;
  readonly now: () => number;
}

export function openOutbox(sql: SqlStorage, deps: Deps): Outbox<AgentEffect> {
  const { id: actorId, env, now } = deps;
  return new Outbox(sql, {
    read: readEffect,
    deliver: (effect) => deliver(effect, deps),
    giveUp: (what) =>
      putUndelivered(env.DIRECTORY, { ...what, actor: 'agent', actorId, givenUpAt: now() }),
    now,
  });
}

async function deliver(effect: AgentEffect, deps: Deps): Promise<void> {
  const { id: agentId, env, announceTo } = deps;
  const presence = deps.presence();
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
      const { forGood } = effect;
      const command = { type: 'agent.went-offline', agentId, forGood } as const;
      await conversation.perform(SYSTEM, command, newCommandId(), 0);
    }
  }
}
