// What a decision must know beside the state, and whom it must ask first: an agent for a slot, a department for
// admission.

import type { Principal } from '#shared/identity.ts';
import type { AgentId, DepartmentId } from '#shared/ids.ts';
import { accept, refuse, type Outcome } from '#shared/refusals.ts';
import type { Rules } from '#shared/settings/rules.ts';
import { isVisitor } from './access.ts';
import type { Command } from './commands.ts';
import type { AgentRef } from './events.ts';
import type { MessageSent } from './message-events.ts';
import type { ConversationState } from './state.ts';

export interface DecisionContext {
  readonly by: Principal;
  /** The last `seq` that their client had. */
  readonly after: number;
  readonly rules: Rules;
  /** The answer of the agent whom {@link requiredSlot} names: their slot, or why they have none. */
  readonly slot: Outcome<AgentRef>;
  /** Epoch milliseconds. */
  readonly now: number;
  /** The message that the command names, as it is now; null: it names none, or there is none. */
  readonly message: MessageSent | null;
  /** Where the department that {@link requiredAdmission} names lets the conversation in. */
  readonly admission: Outcome<DepartmentId>;
}

/** A slot that a command needs, and what for. */
export interface RequiredSlot {
  readonly agentId: AgentId;
  readonly as: 'serving' | 'helping';
  /** Of a conversation that opens with it. */
  readonly departmentId?: DepartmentId;
}

/** The slot that a command needs; null when it needs none. */
export function requiredSlot(
  state: ConversationState,
  command: Command,
  by: Principal,
): RequiredSlot | null {
  const serving = (agentId: AgentId) => ({ agentId, as: 'serving' }) as const;
  switch (command.type) {
    case 'conversation.take':
      return by.kind === 'agent' ? serving(by.agentId) : null;
    case 'conversation.begin': {
      const { departmentId } = command;
      return by.kind === 'agent' ? { ...serving(by.agentId), departmentId } : null;
    }
    case 'conversation.assign':
      return serving(command.agentId);
    case 'conversation.forward':
      return command.to.kind === 'agent' ? serving(command.to.agentId) : null;
    case 'agent.invite':
      return { agentId: command.agentId, as: 'helping' };
    case 'conversation.expire':
      return state.status === 'held' && state.until !== null ? serving(state.agent.id) : null;
    case 'conversation.resume':
      return state.status === 'held' ? serving(state.agent.id) : null;
    case 'message.send':
      return state.status === 'held' && isVisitor(by) ? serving(state.agent.id) : null;
    case 'message.edit':
    case 'message.delete':
    case 'conversation.open':
    case 'conversation.requeue':
    case 'conversation.hold':
    case 'conversation.end':
    case 'conversation.leave':
    case 'conversation.wrap-up':
    case 'note.add':
    case 'conversation.dismiss':
    case 'details.set':
    case 'agent.went-offline':
    case 'alert.escalate':
    case 'contact.rename':
    case 'contact.turn-away':
    case 'conversation.continue':
      return null;
  }
}

/** The department that a command asks to let the conversation in; null when none. */
export function requiredAdmission(command: Command): DepartmentId | null {
  if (command.type === 'conversation.open') return command.departmentId;
  if (command.type !== 'conversation.forward') return null;
  return command.to.kind === 'department' ? command.to.departmentId : null;
}

const NOBODY_ASKED = refuse('agent.unknown');
const NOWHERE_ASKED = refuse('department.offline');

/** What a command needs of others, and the best that they could answer. */
export interface Requirements {
  readonly slot: RequiredSlot | null;
  readonly admission: DepartmentId | null;
  readonly optimistic: Pick<DecisionContext, 'slot' | 'admission'>;
}

const NOTHING_ASKED = { slot: NOBODY_ASKED, admission: NOWHERE_ASKED };
const NO_REQUIREMENTS: Requirements = { slot: null, admission: null, optimistic: NOTHING_ASKED };

export function requirementsOf(
  state: ConversationState,
  command: Command,
  by: Principal,
): Requirements {
  const slot = requiredSlot(state, command, by);
  const admission = requiredAdmission(command);
  if (!slot && !admission) return NO_REQUIREMENTS;
  return {
    slot,
    admission,
    optimistic: {
      slot: slot ? accept({ id: slot.agentId, name: '' }) : NOBODY_ASKED,
      admission: admission ? accept(admission) : NOWHERE_ASKED,
    },
  };
}

/** A colleague's answer, for the agent who asked on their behalf. */
export function asColleagueRefusal(slot: Outcome<AgentRef>): Outcome<AgentRef> {
  if (slot.ok) return slot;
  const { code, details } = slot.refusal;
  if (!('agent' in details) || details.agent === '') return refuse('agent.unknown');
  if (code === 'agent.away') return refuse('colleague.away', details);
  if (code === 'agent.full') return refuse('colleague.full', details);
  return slot;
}
