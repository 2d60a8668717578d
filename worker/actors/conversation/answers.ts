// Asks others what a decision must know of them: an agent for a slot, a department for admission.

import type { RequiredSlot, Requirements } from '#shared/conversation/decision-context.ts';
import { isVisitor } from '#shared/conversation/access.ts';
import type { AgentRef } from '#shared/conversation/events.ts';
import { isChecked, type Principal } from '#shared/identity.ts';
import type { ConversationId, DepartmentId } from '#shared/ids.ts';
import type { Outcome } from '#shared/refusals.ts';
import { admissionTo } from '#shared/admission.ts';
import { settingsOf } from '../../io/settings.ts';
import { ActorUnreachable } from '../parts/sockets.ts';
import type { Answers } from './aggregate.ts';
import { slotsIn } from './effects.ts';
import type { ConversationLog } from './log.ts';

interface Deps {
  readonly id: ConversationId;
  readonly log: ConversationLog;
  readonly env: Pick<Env, 'AGENT' | 'DEPARTMENT' | 'settings'>;
  readonly now: () => number;
}

/** Throws {@link ActorUnreachable} when there is no answer. */
export async function answersTo(
  requirements: Requirements,
  by: Principal,
  deps: Deps,
): Promise<Answers> {
  const { slot, admission, optimistic } = requirements;
  try {
    return {
      slot: slot ? await reserveSlot(slot, deps) : optimistic.slot,
      admission: admission ? await admit(admission, by, deps) : optimistic.admission,
    };
  } catch (cause) {
    throw new ActorUnreachable('a needed answer did not come', { cause });
  }
}

/** Gives back a slot that was reserved and, after the decision, is not needed. */
export async function releaseUnneeded(
  { slot }: Requirements,
  answers: Answers,
  { id, log, env }: Deps,
): Promise<void> {
  if (!slot || !answers.slot.ok || slotsIn(log.state).has(slot.agentId)) return;
  await env.AGENT.getByName(slot.agentId).releaseSlot(id);
}

async function reserveSlot(
  { agentId, as, departmentId: opensIn }: RequiredSlot,
  { id, log, env }: Deps,
): Promise<Outcome<AgentRef>> {
  const { state, seq } = log;
  const departmentId = state.status === 'new' ? opensIn : state.departmentId;
  if (!departmentId) throw new Error('a slot is needed only in a department');
  return env.AGENT.getByName(agentId).reserveSlot({ conversationId: id, departmentId, as, seq });
}

const admit = (
  departmentId: DepartmentId,
  by: Principal,
  { id, env, now }: Deps,
): Promise<Outcome<DepartmentId>> =>
  admissionTo(departmentId, {
    settings: settingsOf(env),
    now: now(),
    isChecked: isChecked(by, now()),
    ask: (one) =>
      env.DEPARTMENT.getByName(one).status(
        isVisitor(by)
          ? { conversationId: id, visitorId: by.visitorId, isChecked: isChecked(by, now()) }
          : null,
      ),
  });
