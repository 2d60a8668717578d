// What a decision must ask of others before it is made: a place with an agent, a way into a department.

import type { AgentId, DepartmentId } from '#shared/ids.ts';
import { accept, refuse, type Outcome } from '#shared/refusals.ts';
import type { Rules } from '#shared/settings/rules.ts';
import type { Command } from './commands.ts';
import type { AgentFact } from './events.ts';
import type { Anybody } from './parties.ts';
import type { ConversationState } from './state.ts';

/** What a decision knows beside the state. */
export interface Asked {
  readonly by: Anybody;
  /** The last `seq` that his client had. */
  readonly after: number;
  readonly rules: Rules;
  /** The answer of the agent whom {@link placeFor} names: his place, or why he has none. */
  readonly place: Outcome<AgentFact>;
  /** Where the department that {@link admissionFor} names lets the conversation in. */
  readonly admission: Outcome<DepartmentId>;
}

/** Whose place the command needs, and as what; null when it needs none. */
export function placeFor(
  state: ConversationState,
  command: Command,
  by: Anybody,
): { agentId: AgentId; as: 'serving' | 'helping' } | null {
  const serving = (agentId: AgentId) => ({ agentId, as: 'serving' }) as const;
  switch (command.type) {
    case 'conversation.take':
      return by.kind === 'agent' ? serving(by.agentId) : null;
    case 'conversation.assign':
      return serving(command.agentId);
    case 'conversation.forward':
      return command.to.kind === 'agent' ? serving(command.to.agentId) : null;
    case 'agent.invite':
      return { agentId: command.agentId, as: 'helping' };
    case 'conversation.resume':
      return state.status === 'held' ? serving(state.agent.id) : null;
    case 'message.send':
      return state.status === 'held' && by.kind === 'visitor' ? serving(state.agent.id) : null;
    default:
      return null;
  }
}

/** Which department the command asks to let the conversation in; null when none. */
export function admissionFor(command: Command): DepartmentId | null {
  if (command.type === 'conversation.open') return command.departmentId;
  if (command.type !== 'conversation.forward') return null;
  return command.to.kind === 'department' ? command.to.departmentId : null;
}

const NOBODY_ASKED = refuse('agent.unknown');
const NOWHERE_ASKED = refuse('department.offline');

/** The answers of those who have not been asked yet: whoever is asked is taken to say yes. */
export function hopedFor(
  state: ConversationState,
  command: Command,
  by: Anybody,
): Pick<Asked, 'place' | 'admission'> {
  const place = placeFor(state, command, by);
  const department = admissionFor(command);
  return {
    place: place ? accept({ id: place.agentId, name: '' }) : NOBODY_ASKED,
    admission: department ? accept(department) : NOWHERE_ASKED,
  };
}

/** A colleague's answer, for the agent who asked on their behalf. */
export function ofColleague(place: Outcome<AgentFact>): Outcome<AgentFact> {
  if (place.ok) return place;
  const { code, details } = place.refusal;
  if (!('agent' in details) || details.agent === '') return refuse('agent.unknown');
  if (code === 'agent.away') return refuse('colleague.away', details);
  if (code === 'agent.full') return refuse('colleague.full', details);
  return place;
}
