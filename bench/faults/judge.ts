// Judges conversations as they end, to keep memory small, and all of them again when the desk is at rest:
// a log that was read before must be the same still.

import { createHash } from 'node:crypto';
import type { Book } from './book.ts';
import { judgeConversation } from './check/conversation.ts';
import {
  judgeCapacity,
  judgeDesk,
  turnsOf,
  type DeskAtRest,
  type CommandQueue,
} from './check/desk.ts';
import { eventLine } from './check/evidence.ts';
import { placeOf, type Members } from './check/place.ts';
import type { Violation } from './check/violation.ts';
import type { LogEvent } from './client/protocol.ts';
import type { ConversationHistory } from './history.ts';

type ReadLog = (conversationId: string) => Promise<LogEvent[]>;

/** Logs that are read at the same time, so that reading wakes no more objects than a desk can hold. */
const AT_ONCE = 8;

export class Judge {
  readonly violations: Violation[] = [];
  readonly #book: Book;
  readonly #read: ReadLog;
  readonly #members: Members;
  readonly #digests = new Map<string, string>();
  readonly #turns = new Map<string, CommandQueue>();

  constructor(book: Book, read: ReadLog, members: Members) {
    this.#book = book;
    this.#read = read;
    this.#members = members;
  }

  /** Judges a conversation that everybody has left; one that has not ended is left for later. */
  async ended(history: ConversationHistory, isDeserted: () => boolean): Promise<void> {
    const log = await this.#read(history.id);
    if (placeOf(log, this.#members).is === 'closed' && isDeserted()) this.#judge(history, log);
  }

  /** Every log once more. */
  async logs(): Promise<void> {
    const waiting = [...this.#book.histories.values()];
    const work = async () => {
      for (let next = waiting.pop(); next; next = waiting.pop()) {
        this.#judge(next, await this.#read(next.id));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }

  /** Reads once more what is open: the desk goes on by itself when everybody has left. */
  async refresh(): Promise<void> {
    for (const [id, turns] of this.#turns) {
      if (placeOf(turns, this.#members).is === 'closed') continue;
      this.#turns.set(id, turnsOf(await this.#read(id)));
    }
  }

  /** Whether the desk agrees with the logs that have been read. */
  agrees(desk: DeskAtRest): boolean {
    return judgeDesk(this.#turns, desk, this.#members).length === 0;
  }

  desk(desk: DeskAtRest, chatsPerAgent: number): void {
    this.violations.push(...judgeDesk(this.#turns, desk, this.#members));
    this.violations.push(...judgeCapacity(this.#turns, chatsPerAgent, this.#members));
  }

  get conversations(): number {
    return this.#turns.size;
  }

  /** How often the desk itself has done something, for whatever reason or for one. */
  byItself(type: string, because?: string): number {
    const isMeant = (event: LogEvent) =>
      event.type === type &&
      event.by.kind === 'system' &&
      (because === undefined || event.because === because);
    return [...this.#turns.values()].reduce((sum, log) => sum + log.filter(isMeant).length, 0);
  }

  #judge(history: ConversationHistory, log: readonly LogEvent[]): void {
    const digest = createHash('sha256').update(JSON.stringify(log)).digest('base64');
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
    }
    if (log.length > 0) this.#turns.set(history.id, turnsOf(log));
    if (placeOf(log, this.#members).is !== 'closed') return;
    this.#digests.set(history.id, digest);
    history.tabs.length = 0;
  }
}
