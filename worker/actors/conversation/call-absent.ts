// Calls agents who have no tab in which a visitor's message could show. At most once, and nothing is written for it: a
// call that came late would be for nothing.

import type { Alert } from '#shared/alerts/alert.ts';
import type { ConversationEvent } from '#shared/conversation/events.ts';
import type { AgentId, ConversationId } from '#shared/ids.ts';
import { absentReaders, alertOf } from './alert-of.ts';
import type { ConversationLog } from './log.ts';

interface Deps {
  readonly id: ConversationId;
  readonly log: ConversationLog;
  readonly env: Pick<Env, 'AGENT'>;
}

/** Nobody waits for it. Never throws. */
export async function callAbsent(
  events: readonly ConversationEvent[],
  sockets: { isHere(agentId: AgentId): boolean },
  { id, log, env }: Deps,
): Promise<void> {
  const absent = absentReaders(events, log.state, (agentId) => sockets.isHere(agentId));
  const call = async (agentId: AgentId, alert: Alert | null) => {
    if (alert) await env.AGENT.getByName(agentId).alert(alert);
  };
  const calls = absent.map((agentId) => call(agentId, alertOf(id, log, agentId, 'message')));
  for (const { status, reason } of (await Promise.allSettled(calls)) as PromiseRejectedResult[]) {
    if (status === 'rejected') console.error('unreachable', String(reason));
  }
}
