// Whether a department can let a conversation in, by what it knows: who is there, how many wait, and how many
// conversations one visitor has.

import { MOST_OF_A_VISITOR, type DepartmentStatus } from '#shared/admission.ts';
import { isRoutable, type Ceiling } from '#shared/department.ts';
import type { AgentId, ConversationId, DepartmentId, VisitorId } from '#shared/ids.ts';
import { policyOf } from '#shared/settings/policy.ts';
import { settingsOf } from '../../io/settings.ts';
import type { AgentReport } from './agent-report.ts';
import { nextDay, type DayCount } from './day-count.ts';
import type { ConversationKey, Queue } from './queue.ts';
import type { DepartmentStorage } from './storage.ts';

/** One that was let in enters the queue within this, or went elsewhere. */
const ARRIVES_WITHIN_MS = 10_000;
/** Parts of a ceiling. */
const NEAR = 0.8;
const REACHED = 1;
/** The part of what may wait from which on a department is busy. It is busy near its ceiling, too. */
const BUSY = 0.1;

/** A conversation that asks to be let in. */
export interface Asking extends ConversationKey {
  readonly visitorId: VisitorId;
  /** The visitor has shown that they are human. */
  readonly isChecked: boolean;
}

interface Deps {
  readonly id: DepartmentId;
  readonly env: Pick<Env, 'settings'>;
  readonly storage: DepartmentStorage;
  readonly today: DayCount;
  readonly queue: Queue;
  readonly roster: ReadonlyMap<AgentId, AgentReport>;
  readonly now: () => number;
  /** Called once a day for each. */
  readonly onCeiling: (ceiling: Ceiling) => void;
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
      isBlocked: asking !== null && this.#deps.storage.blocked.has(asking.visitorId),
      hasMany: asking !== null && this.#conversationsOf(asking.visitorId) >= MOST_OF_A_VISITOR,
      asksForCheck: this.#asksForCheck,
    };
    const isChecked = asking?.isChecked || !status.asksForCheck;
    const isWelcome = !status.isFull && !status.isBlocked && !status.hasMany;
    if (asking && isChecked && isWelcome) this.#expect(asking);
    return status;
  }

  /** It is in the queue, and counted there. @param isNew whether it was never here */
  arrived(id: ConversationId, isNew: boolean): void {
    this.#expected.delete(id);
    if (isNew) this.#count();
  }

  /** How near the department is to what a day may bring; null: not near. */
  get ceiling(): Ceiling | null {
    const { env, today, now } = this.#deps;
    const part = today.at(now()) / settingsOf(env).ceilings.conversations_per_day;
    if (part < NEAR) return null;
    return { share: part < REACHED ? 'near' : 'reached', until: nextDay(now()) };
  }

  get #isFull(): boolean {
    return this.#isCrowded(1) || this.ceiling?.share === 'reached';
  }

  get #asksForCheck(): boolean {
    const { mode } = settingsOf(this.#deps.env).turnstile;
    const isBusy = () => this.#isCrowded(BUSY) || this.ceiling !== null;
    return mode === 'always' || (mode === 'when-busy' && isBusy());
  }

  /** @param part of what may wait */
  #isCrowded(part: number): boolean {
    const { id, env, queue } = this.#deps;
    const { max_waiting } = policyOf(settingsOf(env), id).queue;
    return queue.length + this.#expected.size >= part * max_waiting;
  }

  /** An operator finds in the log that a ceiling is near, and that it is reached. */
  #count(): void {
    const { id, env, today, now, onCeiling } = this.#deps;
    const before = this.ceiling;
    const { conversations_per_day: most } = settingsOf(env).ceilings;
    today.add(most, now());
    const after = this.ceiling;
    if (after === null || after.share === before?.share) return;
    console.warn('ceiling: conversations_per_day', id, `${today.at(now())} of ${most}`);
    onCeiling(after);
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
