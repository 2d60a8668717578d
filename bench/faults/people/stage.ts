// Where everybody of a run meets: how to reach the desk, how patient to be, and the book of histories.

import type { Dial } from '../client/link.ts';
import { Clock, type Patience } from '../client/clock.ts';
import type { Line } from '../client/line.ts';
import type { Book } from '../book.ts';
import type { Tab } from '../client/tab.ts';
import type { ConversationHistory } from '../history.ts';
import type { Random } from '../../../tests/support/random.ts';

export interface StageOptions {
  readonly dial: Dial;
  readonly patience: Patience;
  readonly random: Random;
  readonly book: Book;
  readonly departments: readonly string[];
  /** All agents' ids. */
  readonly colleagues: readonly string[];
  readonly chatsPerAgent: number;
  /** The pause before somebody writes, at most. */
  readonly thinkMs: number;
  /** How long an agent at most looks at something else: the shorter, the more agents race. */
  readonly looksEveryMs: number;
  /** How long an agent is gone when he shuts his workspace: longer than the desk's grace. */
  readonly restMs: number;
  /** Of visitors, how many open a second tab. */
  readonly secondTabs: number;
  /** Told when the last tab has left a conversation. */
  readonly deserted: (history: ConversationHistory) => void;
  /** A visitor's token, again and again until the desk answers. */
  readonly newVisitor: () => Promise<{ visitorId: string; token: string }>;
}

export class Stage {
  readonly options: StageOptions;
  secondTabs = 0;
  /** Those that people have open at conversations. */
  readonly tabs = new Set<Tab>();
  readonly clocks = new Set<Clock>();
  /** The lines that have closed count too. */
  #pastReconnects = 0;
  readonly #present = new Map<string, number>();
  readonly #lines = new Set<Line>();
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

  /** How long somebody waits for what must come, faults or not. */
  get patienceMs(): number {
    const { pingEveryMs, backoffMostMs } = this.options.patience;
    return 30_000 + 2 * (pingEveryMs + backoffMostMs);
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
    return [...this.#lines].reduce((sum, line) => sum + line.reconnects, this.#pastReconnects);
  }

  clock(): Clock {
    const clock = new Clock();
    this.clocks.add(clock);
    return clock;
  }

  /** What a line needs beside its path and its credentials. */
  common(clock: Clock) {
    const { dial, patience, random } = this.options;
    return { dial, patience, random, clock };
  }

  /** How many tabs are open at a conversation. */
  present(id: string): number {
    return this.#present.get(id) ?? 0;
  }

  opened(line: Line): void {
    this.#lines.add(line);
  }

  enter(tab: Tab): Tab {
    this.tabs.add(tab);
    const { id } = tab.history;
    this.#present.set(id, this.present(id) + 1);
    this.opened(tab.line);
    return tab;
  }

  leave(tab: Tab, how: { early?: boolean } = {}): void {
    if (!this.tabs.delete(tab)) return;
    const { history } = tab;
    this.#present.set(history.id, this.present(history.id) - 1);
    if (this.present(history.id) === 0) {
      this.#present.delete(history.id);
      this.options.deserted(history);
    }
    tab.leave(how);
    this.#lines.delete(tab.line);
    this.#pastReconnects += tab.line.reconnects;
  }

  think(): Promise<void> {
    const { random, thinkMs } = this.options;
    return new Promise((thought) => setTimeout(thought, random.next() * thinkMs));
  }
}
