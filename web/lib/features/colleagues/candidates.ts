// To whom a conversation can be forwarded and who can be invited: everybody there is, how they stand, and
// whether the desk would let them be chosen.

import type { Colleagues } from '#shared/api.ts';
import type { ConversationCommand } from '#shared/conversation/commands.ts';
import type { Decision } from '#shared/conversation/decide.ts';
import type { AgentRef } from '#shared/conversation/events.ts';
import { accept, refuse, type Outcome, type RefusalCode } from '#shared/refusals.ts';

export type Standing =
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
  readonly standing: Standing;
  readonly isBlocked: boolean;
  readonly to: T;
}

/** What the desk would decide, if the colleague whom it asks answered so. */
export type Judge = (command: ConversationCommand, colleague?: Outcome<AgentRef>) => Decision;

type Agent = Colleagues['agents'][number];
type Department = Colleagues['departments'][number];

export const departmentsFor = ({ departments }: Colleagues, judge: Judge): Candidate<Target>[] =>
  departments.map((department) => departmentCandidate(department, judge));

function departmentCandidate({ id, name, online }: Department, judge: Judge): Candidate<Target> {
  const to = { kind: 'department', departmentId: id } as const;
  const verdict = judge({ type: 'conversation.forward', to, comment: null });
  const standing = online ? 'attended' : 'unattended';
  return { id, name, username: null, to, ...judged(verdict, standing) };
}

export function agentsFor({ agents }: Colleagues, judge: Judge): Candidate<Target>[] {
  const candidates = agents.map((agent): Candidate<Target> => {
    const { agentId, name, username } = agent;
    const to = { kind: 'agent', agentId } as const;
    const verdict = judge({ type: 'conversation.forward', to, comment: null }, placeOf(agent));
    return { id: agentId, name, username, to, ...judged(verdict, agent.availability) };
  });
  return candidates.sort(inOrder);
}

/** Who is away may help all the same. */
export function helpersFor({ agents }: Colleagues, judge: Judge): Candidate<Agent['agentId']>[] {
  const candidates = agents.map((agent): Candidate<Agent['agentId']> => {
    const { agentId, name, username, availability } = agent;
    const isThere = availability !== 'offline';
    const verdict = judge(
      { type: 'agent.invite', agentId },
      isThere ? accept({ id: agentId, name }) : placeOf(agent),
    );
    const isPresent = verdict.ok && verdict.value.length === 0;
    const standing = isPresent
      ? ({ standing: 'present', isBlocked: true } as const)
      : judged(verdict, availability);
    return { id: agentId, name, username, to: agentId, ...standing };
  });
  return candidates.sort(inOrder);
}

/** What the colleague would answer, as far as the list says. */
function placeOf({ agentId: id, name, availability, isFull }: Agent): Outcome<AgentRef> {
  if (availability === 'offline') return refuse('agent.offline', { agent: name });
  if (availability === 'away') return refuse('colleague.away', { agent: name });
  return isFull ? refuse('colleague.full', { agent: name }) : accept({ id, name });
}

const STANDINGS: Partial<Record<RefusalCode, Standing>> = {
  'agent.offline': 'offline',
  'colleague.away': 'away',
  'colleague.full': 'full',
  'department.disabled': 'disabled',
  'forward.same-agent': 'serving',
  'forward.same-department': 'here',
};

function judged(verdict: Decision, standing: Standing) {
  if (verdict.ok) return { standing, isBlocked: false };
  return { standing: STANDINGS[verdict.refusal.code] ?? standing, isBlocked: true };
}

/** Whoever can be chosen comes first. */
const inOrder = (a: Candidate<unknown>, b: Candidate<unknown>): number =>
  Number(a.isBlocked) - Number(b.isBlocked) || a.name.localeCompare(b.name);
