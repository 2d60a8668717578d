// Counts what people have done, and sees when everybody has their answers.

import { LEADS_TO } from './check/log.ts';
import type { CommandRecord, Histories } from './history.ts';
import { PATIENCE_MS, type Stage } from './people/stage.ts';

const MESSAGES: readonly string[] = ['conversation.open', 'message.send'];
/** All that people do. */
const COMMANDS = Object.keys(LEADS_TO);

const isAcked = ({ accepted, heard }: CommandRecord) => accepted.length > 0 || heard;

export class Tally {
  readonly #histories: Histories;

  constructor(histories: Histories) {
    this.#histories = histories;
  }

  /** How many commands of these types have been acknowledged. */
  acked(...types: readonly string[]): number {
    return this.#commands((record) => types.includes(record.command.type) && isAcked(record));
  }

  /** Commands of which none has been acknowledged yet. */
  get missing(): readonly string[] {
    return COMMANDS.filter((type) => this.acked(type) === 0);
  }

  get messages(): number {
    return this.acked(...MESSAGES);
  }

  get ends(): number {
    return this.acked('conversation.end');
  }

  get refused(): number {
    return this.#commands((record) => record.refused.length > 0);
  }

  get resent(): number {
    return this.#commands((record) => record.sent > 1);
  }

  line(stage: Stage): string {
    return `${this.messages} messages, ${this.ends} ends, ${stage.reconnects} reconnects, ${stage.tabs.size} tabs open`;
  }

  /** Waits until every tab is connected, has its answers and knows all that the others know. */
  async quiet(stage: Stage): Promise<void> {
    const until = performance.now() + PATIENCE_MS;
    // Those who were thinking when the stage closed have thought by then.
    for (let quiet = 0; performance.now() < until && quiet < 5;) {
      await new Promise((waited) => setTimeout(waited, 100));
      quiet = this.#isQuiet(stage) ? quiet + 1 : 0;
    }
  }

  #isQuiet({ tabs }: Stage): boolean {
    const heads = new Map<string, number>();
    for (const { history, store } of tabs) {
      heads.set(history.id, Math.max(heads.get(history.id) ?? 0, store.seq));
    }
    return [...tabs].every((tab) => tab.isSettled(heads.get(tab.history.id) ?? 0));
  }

  #commands(matches: (record: CommandRecord) => boolean): number {
    let count = 0;
    for (const { commands } of this.#histories.values()) {
      for (const record of commands) if (matches(record)) count++;
    }
    return count;
  }
}
