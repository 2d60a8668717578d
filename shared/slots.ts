// Whether an agent gets a slot for one more conversation. Pure: the agent's actor grants by it, and the
// workspace tells by it why a conversation can't be taken.

import type { Slot } from './agent.ts';
import type { AgentRef } from './conversation/events.ts';
import type { RosterEntry } from './department.ts';
import type { DepartmentId } from './ids.ts';
import { accept, refuse, type Outcome } from './refusals.ts';
import type { Rules } from './settings/rules.ts';

/** As much of an agent as a slot depends on. */
export type AgentStatus = Pick<RosterEntry, 'agentId' | 'name' | 'availability' | 'online'>;

export interface SlotUsage {
  /** Taken or reserved by other conversations than the one that asks: in all, and of its department. */
  readonly open: number;
  readonly openHere: number;
  readonly limit: number;
  /** null: the department sets no limit of its own. */
  readonly limitHere: number | null;
}

/** A slot that an agent has, and the department whose conversation takes it. */
export interface SlotOfDepartment extends Slot {
  /** null while the conversation's state is not known. */
  readonly departmentId: DepartmentId | null;
}

/** Whether it is one of those that are limited. */
export const isCounted = ({ as }: Slot, { invitedCount }: Pick<Rules, 'invitedCount'>): boolean =>
  as === 'serving' || (as === 'helping' && invitedCount);

/** To serve, an agent must be available and online, and have a free slot. */
export function grantSlot(agent: AgentStatus, slots: SlotUsage): Outcome<AgentRef> {
  const { agentId: id, name } = agent;
  if (agent.availability === 'away') return refuse('agent.away', { agent: name });
  if (!agent.online) return refuse('agent.offline', { agent: name });
  const { open, openHere, limit, limitHere } = slots;
  if (open >= limit) return refuse('agent.full', { agent: name, limit });
  if (limitHere !== null && openHere >= limitHere) {
    return refuse('agent.full', { agent: name, limit: limitHere });
  }
  return accept({ id, name });
}

/** To help, an agent must be online; their limit counts where the settings say so. */
export function grantHelp(
  agent: AgentStatus,
  slots: SlotUsage,
  invitedCount: boolean,
): Outcome<AgentRef> {
  if (invitedCount) return grantSlot(agent, slots);
  const { agentId: id, name, online } = agent;
  return online ? accept({ id, name }) : refuse('agent.offline', { agent: name });
}
