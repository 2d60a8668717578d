// Whether the server would accept now what an agent could ask of a conversation, by the server's own rules.
// What depends on others, on a colleague's slot or a department's admission, is taken for granted here.

import * as v from 'valibot';
import { requirementsOf } from '#shared/conversation/decision-context.ts';
import type { ConversationCommand } from '#shared/conversation/commands.ts';
import { decide, type Decision } from '#shared/conversation/decide.ts';
import type { AgentRef } from '#shared/conversation/events.ts';
import type { ConversationState } from '#shared/conversation/state.ts';
import type { Availability } from '#shared/department.ts';
import type { AgentPrincipal } from '#shared/identity.ts';
import { agentIdSchema, type ConversationId } from '#shared/ids.ts';
import { grantSlot, isCounted, type SlotOfDepartment } from '#shared/slots.ts';
import type { Outcome } from '#shared/refusals.ts';
import type { Rules } from '#shared/settings/rules.ts';

/** The agent, and what they have. */
export interface Situation {
  readonly by: AgentPrincipal;
  readonly rules: Rules;
  readonly availability: Availability;
  readonly slots: readonly SlotOfDepartment[];
  /** Conversations that they may serve at a time. */
  readonly limit: number;
}

export interface Previewed {
  readonly id: ConversationId;
  readonly state: ConversationState;
  readonly seq: number;
}

/** @param colleague the answer of the colleague whose slot the command needs, as far as it is known */
export function previewAction(
  { id, state, seq }: Previewed,
  command: ConversationCommand,
  situation: Situation,
  colleague?: Outcome<AgentRef>,
): Decision {
  const { by, rules } = situation;
  const { slot: needed, optimistic } = requirementsOf(state, command, by);
  const isOwn = needed?.agentId === by.agentId;
  const slot = isOwn
    ? ownSlot({ id, state }, situation)
    : ((needed && colleague) ?? optimistic.slot);
  // No action is about a message, so that none depends on the time.
  const nothing = { message: null, now: 0 };
  return decide(state, command, { by, rules, after: seq, ...nothing, ...optimistic, slot });
}

function ownSlot({ id, state }: Omit<Previewed, 'seq'>, situation: Situation): Outcome<AgentRef> {
  const { by, rules, availability, slots, limit } = situation;
  const agent = { agentId: by.agentId, name: by.name, availability, online: true };
  const here = state.status === 'new' ? null : state.departmentId;
  const others = slots.filter((had) => had.conversationId !== id && isCounted(had, rules));
  return grantSlot(agent, {
    open: others.length,
    openHere: others.filter(({ departmentId }) => departmentId === here).length,
    limit,
    limitHere: rules.departments.find((one) => one.id === here)?.maxConversationsPerAgent ?? null,
  });
}

/** Stands for the colleague who is chosen later. */
export const SOMEONE = v.parse(agentIdSchema, 'someone');
