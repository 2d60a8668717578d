// Whether a department can let a conversation in, by what it knows: who is there, how many wait, and how many
// conversations one visitor has.

import { MOST_OF_A_VISITOR, type DepartmentStatus } from '#shared/admission.ts';
import { isRoutable } from '#shared/department.ts';
import type { AgentId, ConversationId, DepartmentId, VisitorId } from '#shared/ids.ts';
import { policyOf } from '#shared/settings/policy.ts';
import { settingsOf } from '../../io/settings.ts';
import type { AgentReport } from './agent-report.ts';
import type { DayCount } from './day-count.ts';
import type { ConversationKey, Queue } from './queue.ts';
import type { DepartmentStorage } from './storage.ts';

/** One that was let in enters the queue within this, or went elsewhere. */
const ARRIVES_WITHIN_MS = 10_000;
/** Shares of a ceiling. */
const TOLD_AT = [0.8, 1];

/** A conversation that asks to be let in. */
export interface Asking extends ConversationKey {
  readonly visitorId: VisitorId;
}

interface Deps {
  readonly id: DepartmentId;
  readonly env: Pick<Env, 'settings'>;
  readonly storage: DepartmentStorage;
  readonly today: DayCount;
  readonly queue: Queue;
  readonly roster: ReadonlyMap<AgentId, AgentReport>;
  readonly now: () => number;
}

interface Expected {
  readonly visitorId: VisitorId;
  readonly until: number;
}

export class Admissions {
  readonly #deps: Deps;
  /** Let in and not arrived yet, in the order in which they asked: many may ask at once. */
  readonly #expected = new Map<ConversationId, Expected>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** @param asking null: nobody yet, somebody only looks */
  status(asking: Asking | null): DepartmentStatus {
    this.#forget();
    const { roster } = this.#deps;
    const status = {
      isOnline: [...roster.values()].some(isRoutable),
      isFull: this.#isFull,
      hasMany: asking !== null && this.#conversationsOf(asking.visitorId) >= MOST_OF_A_VISITOR,
    };
    if (asking && !status.isFull && !status.hasMany) this.#expect(asking);
    return status;
  }

  /** It is in the queue, and counted there. @param isNew whether it was never here */
  arrived(id: ConversationId, isNew: boolean): void {
    this.#expected.delete(id);
    if (isNew) this.#count();
  }

  get #isFull(): boolean {
    const { id, env, queue, today, now } = this.#deps;
    const settings = settingsOf(env);
    const { max_waiting } = policyOf(settings, id).queue;
    return (
      queue.length + this.#expected.size >= max_waiting ||
      today.at(now()) >= settings.ceilings.conversations_per_day
    );
  }

  /** An operator finds in the log that a ceiling is near, and that it is reached. */
  #count(): void {
    const { id, env, today, now } = this.#deps;
    const { conversations_per_day: ceiling } = settingsOf(env).ceilings;
    const [before, after] = today.add(ceiling, now());
    for (const share of TOLD_AT) {
      if (before >= share * ceiling || after < share * ceiling) continue;
      console.warn('ceiling: conversations_per_day', id, `${after} of ${ceiling}`);
    }
  }

  /** Those that wait, are about to, or are served. */
  #conversationsOf(visitorId: VisitorId): number {
    const { storage, roster } = this.#deps;
    const serve = [...roster.values()].flatMap(({ serves }) => serves);
    const expected = [...this.#expected.values()].map((one) => one.visitorId);
    const ofVisitor = [...serve, ...expected].filter((one) => one === visitorId);
    return storage.waitingOf(visitorId) + ofVisitor.length;
  }

  #expect({ conversationId, visitorId }: Asking): void {
    const until = this.#deps.now() + ARRIVES_WITHIN_MS;
    this.#expected.set(conversationId, { visitorId, until });
  }

  #forget(): void {
    const now = this.#deps.now();
    for (const [id, { until }] of this.#expected) if (until <= now) this.#expected.delete(id);
  }
}
