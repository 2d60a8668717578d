// Where everybody of a run meets: how to reach the server, how patient to be, and the histories of all conversations.

import type { ConversationSnapshot } from '#shared/conversation/snapshot.ts';
import type { DepartmentId } from '#shared/ids.ts';
import { Clock } from '../../client/clock.ts';
import type { Random } from '../../../tests/support/random.ts';
import type { ConversationHistory, Histories } from '../history.ts';
import { Tab, type Computer } from './tab.ts';

export interface StageOptions {
  /** Of the server, through the proxy. */
  readonly url: string;
  readonly random: Random;
  readonly histories: Histories;
  readonly departments: readonly DepartmentId[];
  /** The ids of all agents. */
  readonly colleagues: readonly string[];
  readonly conversationsPerAgent: number;
  /** The pause before someone writes, at most. */
  readonly thinkMs: number;
  /** How long an agent at most looks at something else: the shorter, the more agents race. */
  readonly looksEveryMs: number;
  /** How long an agent who closes the workspace is gone: longer than the grace period. */
  readonly restMs: number;
  /** Of visitors, how many open a second tab. */
  readonly secondTabs: number;
  /** Told when the last tab has left a conversation. */
  readonly deserted: (history: ConversationHistory) => void;
}

/**
 * How long someone waits for what must come, faults or not: as long as two rounds of what a client may need to find
 * a dead connection (33 s) and to come back (30 s), and what a busy machine adds. Nobody waits longer than it takes.
 */
export const PATIENCE_MS = 180_000;

export class Stage {
  readonly options: StageOptions;
  secondTabs = 0;
  /** Those that people have open at conversations. */
  readonly tabs = new Set<Tab>();
  readonly clocks = new Set<Clock>();
  #pastReconnects = 0;
  readonly #present = new Map<string, number>();
  /** Everybody may leave. */
  readonly over: Promise<void>;
  #phase: 'open' | 'closing' | 'over' = 'open';
  #end: () => void = () => undefined;

  constructor(options: StageOptions) {
    this.options = options;
    this.over = new Promise((end) => (this.#end = end));
  }

  /** Nobody begins anything new. */
  get isClosing(): boolean {
    return this.#phase !== 'open';
  }

  get isOver(): boolean {
    return this.#phase === 'over';
  }

  close(): void {
    this.#phase = 'closing';
    for (const tab of this.tabs) tab.poke();
  }

  end(): void {
    this.#phase = 'over';
    this.#end();
    for (const tab of this.tabs) tab.poke();
  }

  get reconnects(): number {
    return [...this.tabs].reduce((sum, tab) => sum + tab.reconnects, this.#pastReconnects);
  }

  clock(): Clock {
    const clock = new Clock();
    this.clocks.add(clock);
    return clock;
  }

  /** How many tabs are open at a conversation. */
  present(id: string): number {
    return this.#present.get(id) ?? 0;
  }

  enter(
    computer: Computer,
    history: ConversationHistory,
    initial: ConversationSnapshot | null = null,
  ): Tab {
    const tab = new Tab(computer, history, initial);
    this.tabs.add(tab);
    this.#present.set(history.id, this.present(history.id) + 1);
    return tab;
  }

  leave(tab: Tab, how: { early?: boolean } = {}): void {
    if (!this.tabs.delete(tab)) return;
    const { history } = tab;
    tab.leave(how);
    this.#pastReconnects += tab.reconnects;
    this.#present.set(history.id, this.present(history.id) - 1);
    if (this.present(history.id) > 0) return;
    this.#present.delete(history.id);
    this.options.deserted(history);
  }

  think(): Promise<void> {
    const { random, thinkMs } = this.options;
    return new Promise((thought) => setTimeout(thought, random.next() * thinkMs));
  }
}
