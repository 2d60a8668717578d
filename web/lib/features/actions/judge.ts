// Whether the desk would do now what an agent could ask of a conversation, by the desk's own rules. Where it
// hangs on others, on a colleague's slot or a department's admission, it is taken for granted here.

import * as v from 'valibot';
import { requirementsOf } from '#shared/conversation/decision-context.ts';
import { textBody } from '#shared/conversation/body.ts';
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

/** The agent, and what he has. */
export interface Standing {
  readonly by: AgentPrincipal;
  readonly rules: Rules;
  readonly availability: Availability;
  readonly slots: readonly SlotOfDepartment[];
  /** Conversations that he may serve at a time. */
  readonly limit: number;
}

export interface Judged {
  readonly id: ConversationId;
  readonly state: ConversationState;
  readonly seq: number;
}

/** @param colleague the answer of the colleague whose slot the command needs, as far as it is known */
export function judge(
  { id, state, seq }: Judged,
  command: ConversationCommand,
  standing: Standing,
  colleague?: Outcome<AgentRef>,
): Decision {
  const { by, rules } = standing;
  const { slot: needed, optimistic } = requirementsOf(state, command, by);
  const isOwn = needed?.agentId === by.agentId;
  const slot = isOwn
    ? ownSlot({ id, state }, standing)
    : ((needed && colleague) ?? optimistic.slot);
  return decide(state, command, { by, rules, after: seq, ...optimistic, slot });
}

function ownSlot({ id, state }: Omit<Judged, 'seq'>, standing: Standing): Outcome<AgentRef> {
  const { by, rules, availability, slots, limit } = standing;
  const desk = { agentId: by.agentId, name: by.name, availability, online: true };
  const here = state.status === 'new' ? null : state.departmentId;
  const others = slots.filter((had) => had.conversationId !== id && isCounted(had, rules));
  return grantSlot(desk, {
    open: others.length,
    openHere: others.filter(({ departmentId }) => departmentId === here).length,
    limit,
    limitHere: rules.departments.find((one) => one.id === here)?.maxConversationsPerAgent ?? null,
  });
}

const SOMEBODY = v.parse(agentIdSchema, 'somebody');

/** What each action asks for, at its best: whoever or whatever is chosen later is right. */
export const ACTION_COMMANDS = {
  take: () => ({ type: 'conversation.take' }),
  requeue: () => ({ type: 'conversation.requeue' }),
  forward: () => ({
    type: 'conversation.forward',
    to: { kind: 'agent', agentId: SOMEBODY },
    comment: null,
  }),
  hold: () => ({ type: 'conversation.hold' }),
  resume: () => ({ type: 'conversation.resume' }),
  end: ({ tags }) => ({ type: 'conversation.end', comment: '.', tags: tags.slice(0, 1) }),
  invite: () => ({ type: 'agent.invite', agentId: SOMEBODY }),
  leave: () => ({ type: 'conversation.leave' }),
  edit: () => ({ type: 'details.set' }),
  reply: () => ({ type: 'message.send', body: textBody('.') }),
} as const satisfies Record<string, (rules: Rules) => ConversationCommand>;

export type ConversationAction = keyof typeof ACTION_COMMANDS;

export const isConversationAction = (id: string): id is ConversationAction => id in ACTION_COMMANDS;
