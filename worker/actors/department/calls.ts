// Whom a department calls: by their devices to what waits in it, when no tab of theirs would; and to what a colleague
// does not answer.

import { pathOfConversation, type Alert } from '#shared/alerts/alert.ts';
import { isRoutable, type QueueEntry } from '#shared/department.ts';
import type { AgentId, DepartmentId } from '#shared/ids.ts';
import type { AgentReport } from './agent-report.ts';

type Roster = ReadonlyMap<AgentId, AgentReport>;

interface Deps {
  readonly id: DepartmentId;
  readonly env: Pick<Env, 'AGENT'>;
  readonly roster: Roster;
  /** Whether the agent has a tab that shows the department. */
  readonly isHere: (agentId: AgentId) => boolean;
}

export class Calls {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** A conversation has come to wait. Nobody waits for who is told. */
  async toQueue({ conversationId, seq, visitorName, preview }: QueueEntry): Promise<void> {
    const { id, roster, isHere } = this.#deps;
    const absent = [...roster.values()].filter(({ pushed, agentId }) => pushed && !isHere(agentId));
    await this.#call(absent, {
      ...{ reason: 'queued', about: conversationId, seq, name: visitorName },
      ...{ departmentId: id, text: preview, path: pathOfConversation(conversationId) },
    });
  }

  /** @param which the one with the fewest conversations, or all of them */
  async toColleagues(
    alert: Alert,
    except: AgentId | null,
    which: 'colleague' | 'department',
  ): Promise<void> {
    const colleagues = colleaguesOf(this.#deps.roster, except);
    await this.#call(which === 'colleague' ? colleagues.slice(0, 1) : colleagues, alert);
  }

  async #call(agents: readonly AgentReport[], alert: Alert): Promise<void> {
    const { env } = this.#deps;
    await Promise.all(agents.map(({ agentId }) => env.AGENT.getByName(agentId).alert(alert)));
  }
}

/** Those who are there for it, the one with the fewest conversations first. */
export const colleaguesOf = (roster: Roster, except: AgentId | null): AgentReport[] =>
  [...roster.values()]
    .filter((one) => one.agentId !== except && isRoutable(one))
    .sort((one, other) => one.open - other.open || one.assignedAt - other.assignedAt);
