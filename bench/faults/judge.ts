// Judges conversations as they end, to keep memory small, and all of them again when the server is at rest: a log
// that was read before must be the same still.

import { createHash } from 'node:crypto';
import { judgeConversation } from './check/conversation.ts';
import {
  judgeCapacity,
  judgeServer,
  lifecycleOf,
  type Lifecycle,
  type ServerAtRest,
} from './check/at-rest.ts';
import { eventLine } from './check/evidence.ts';
import type { LogEvent } from './check/protocol.ts';
import { statusOf, type Members } from './check/status.ts';
import type { Violation } from './check/violation.ts';
import { isAnswered, type ConversationHistory, type Histories } from './history.ts';

type ReadLog = (conversationId: string) => Promise<LogEvent[]>;
type OnJudged = (history: ConversationHistory, log: readonly LogEvent[]) => void;

/** Logs that are read at the same time, so that reading wakes no more objects than a server can hold. */
const AT_ONCE = 8;

export class Judge {
  readonly violations: Violation[] = [];
  readonly #histories: Histories;
  readonly #read: ReadLog;
  readonly #members: Members;
  readonly #onJudged: OnJudged;
  readonly #digests = new Map<string, string>();
  readonly #lifecycles = new Map<string, Lifecycle>();

  constructor(
    histories: Histories,
    read: ReadLog,
    members: Members,
    onJudged: OnJudged = () => undefined,
  ) {
    this.#histories = histories;
    this.#read = read;
    this.#members = members;
    this.#onJudged = onJudged;
  }

  /** Judges a conversation that everybody has left; one that has not ended is left for later. */
  async ended(history: ConversationHistory, isDeserted: () => boolean): Promise<void> {
    const log = await this.#read(history.id);
    if (statusOf(log, this.#members).is === 'closed' && isDeserted()) this.#judge(history, log);
  }

  /** Every log once more. */
  async logs(): Promise<void> {
    const waiting = [...this.#histories.values()];
    const work = async () => {
      for (let next = waiting.pop(); next; next = waiting.pop()) {
        this.#judge(next, await this.#read(next.id));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }

  /** Reads once more what is open: the server goes on by itself when everybody has left. */
  async refresh(): Promise<void> {
    for (const [id, lifecycle] of this.#lifecycles) {
      if (statusOf(lifecycle, this.#members).is === 'closed') continue;
      this.#lifecycles.set(id, lifecycleOf(await this.#read(id)));
    }
  }

  /** Whether the server agrees with the logs that have been read. */
  agrees(server: ServerAtRest): boolean {
    return judgeServer(this.#lifecycles, server, this.#members).length === 0;
  }

  atRest(server: ServerAtRest, conversationsPerAgent: number): void {
    this.violations.push(...judgeServer(this.#lifecycles, server, this.#members));
    this.violations.push(...judgeCapacity(this.#lifecycles, conversationsPerAgent, this.#members));
  }

  get conversations(): number {
    return this.#lifecycles.size;
  }

  /** How often Parley has done something by itself, for any reason or for one. */
  byItself(type: string, because?: string): number {
    const isMeant = (event: LogEvent) =>
      event.type === type &&
      event.by.kind === 'system' &&
      (because === undefined || event.because === because);
    return [...this.#lifecycles.values()].reduce((sum, log) => sum + log.filter(isMeant).length, 0);
  }

  #judge(history: ConversationHistory, log: readonly LogEvent[]): void {
    // After the end, agents may add to it, and it is told which conversation follows.
    const end = log.findIndex(({ type }) => type === 'conversation.ended');
    const ended = log.filter((_, at) => at <= end);
    const digest = createHash('sha256').update(JSON.stringify(ended)).digest('base64');
    const before = this.#digests.get(history.id);
    if (before !== undefined && before !== digest) {
      this.violations.push({
        promise: 'stored',
        conversationId: history.id,
        what: 'the log of an ended conversation has changed',
        history: log.map(eventLine),
      });
    }
    if (before === undefined || history.tabs.length > 0) {
      this.violations.push(...judgeConversation(history, log, this.#members));
      this.#onJudged(history, log);
    }
    if (log.length > 0) this.#lifecycles.set(history.id, lifecycleOf(log));
    if (statusOf(log, this.#members).is !== 'closed') return;
    this.#digests.set(history.id, digest);
    // What excuses a missing answer goes with the tabs, so it is not judged again when another tab comes by.
    for (const record of history.commands) record.abandoned ||= !isAnswered(record);
    history.tabs.length = 0;
  }
}
