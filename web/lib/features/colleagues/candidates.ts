// To whom a conversation can be forwarded and who can be invited: everyone there is, how they stand, and
// whether the server would let them be chosen.

import type { Colleagues } from '#shared/api.ts';
import type { ConversationCommand } from '#shared/conversation/commands.ts';
import type { Decision } from '#shared/conversation/decide.ts';
import type { AgentRef } from '#shared/conversation/events.ts';
import { accept, refuse, type Outcome, type RefusalCode } from '#shared/refusals.ts';

export type AgentStatus =
  | 'available'
  | 'away'
  | 'offline'
  | 'full'
  | 'attended'
  | 'unattended'
  | 'disabled'
  | 'here'
  | 'serving'
  | 'present';

type Target = Extract<ConversationCommand, { type: 'conversation.forward' }>['to'];

export interface Candidate<T> {
  readonly id: string;
  readonly name: string;
  /** Null for a department. */
  readonly username: string | null;
  readonly status: AgentStatus;
  readonly isBlocked: boolean;
  readonly to: T;
}

/** What the server would decide, if the colleague whom it asks answered so. */
export type Preview = (command: ConversationCommand, colleague?: Outcome<AgentRef>) => Decision;

type Agent = Colleagues['agents'][number];
type Department = Colleagues['departments'][number];

export const departmentsFor = (
  { departments }: Colleagues,
  preview: Preview,
): Candidate<Target>[] => departments.map((department) => departmentCandidate(department, preview));

function departmentCandidate(
  { id, name, online }: Department,
  preview: Preview,
): Candidate<Target> {
  const to = { kind: 'department', departmentId: id } as const;
  const verdict = preview({ type: 'conversation.forward', to, comment: null });
  const status = online ? 'attended' : 'unattended';
  return { id, name, username: null, to, ...judged(verdict, status) };
}

export function agentsFor({ agents }: Colleagues, preview: Preview): Candidate<Target>[] {
  const candidates = agents.map((agent): Candidate<Target> => {
    const { agentId, name, username } = agent;
    const to = { kind: 'agent', agentId } as const;
    const verdict = preview({ type: 'conversation.forward', to, comment: null }, placeOf(agent));
    return { id: agentId, name, username, to, ...judged(verdict, agent.availability) };
  });
  return candidates.sort(inOrder);
}

/** Who is away may help all the same. */
export function helpersFor(
  { agents }: Colleagues,
  preview: Preview,
): Candidate<Agent['agentId']>[] {
  const candidates = agents.map((agent): Candidate<Agent['agentId']> => {
    const { agentId, name, username, availability } = agent;
    const isThere = availability !== 'offline';
    const verdict = preview(
      { type: 'agent.invite', agentId },
      isThere ? accept({ id: agentId, name }) : placeOf(agent),
    );
    const isPresent = verdict.ok && verdict.value.length === 0;
    const status = isPresent
      ? ({ status: 'present', isBlocked: true } as const)
      : judged(verdict, availability);
    return { id: agentId, name, username, to: agentId, ...status };
  });
  return candidates.sort(inOrder);
}

/** What the colleague would answer, as far as the list says. */
function placeOf({ agentId: id, name, availability, isFull }: Agent): Outcome<AgentRef> {
  if (availability === 'offline') return refuse('agent.offline', { agent: name });
  if (availability === 'away') return refuse('colleague.away', { agent: name });
  return isFull ? refuse('colleague.full', { agent: name }) : accept({ id, name });
}

const STATUSES: Partial<Record<RefusalCode, AgentStatus>> = {
  'agent.offline': 'offline',
  'colleague.away': 'away',
  'colleague.full': 'full',
  'department.disabled': 'disabled',
  'forward.same-agent': 'serving',
  'forward.same-department': 'here',
};

function judged(verdict: Decision, status: AgentStatus) {
  if (verdict.ok) return { status, isBlocked: false };
  return { status: STATUSES[verdict.refusal.code] ?? status, isBlocked: true };
}

/** Those who can be chosen come first. */
const inOrder = (a: Candidate<unknown>, b: Candidate<unknown>): number =>
  Number(a.isBlocked) - Number(b.isBlocked) || a.name.localeCompare(b.name);
