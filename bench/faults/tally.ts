// Counts what people have done, and sees when everybody has his answers.

import type { Book } from './book.ts';
import type { CommandRecord } from './history.ts';
import type { Stage } from './people/stage.ts';

const MESSAGES: readonly string[] = ['conversation.open', 'message.send'];

const isAcked = ({ accepted, heard }: CommandRecord) => accepted.length > 0 || heard;

export class Tally {
  readonly #book: Book;

  constructor(book: Book) {
    this.#book = book;
  }

  /** How many commands of these types have been acknowledged. */
  acked(...types: readonly string[]): number {
    return this.#commands((record) => types.includes(record.command.type) && isAcked(record));
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

  /** Waits until every tab is live, has its answers and knows all that the others know. */
  async quiet(stage: Stage, withinMs: number): Promise<void> {
    const until = performance.now() + withinMs;
    // Whoever was thinking when the desk closed has thought by then.
    for (let quiet = 0; performance.now() < until && quiet < 5;) {
      await new Promise((waited) => setTimeout(waited, 100));
      quiet = this.#isQuiet(stage) ? quiet + 1 : 0;
    }
  }

  #isQuiet(stage: Stage): boolean {
    const heads = new Map<string, number>();
    for (const { history, record } of stage.tabs) {
      heads.set(history.id, Math.max(heads.get(history.id) ?? 0, record.seq));
    }
    // Who was turned away has nothing more to learn.
    const present = [...stage.tabs].filter(({ record }) => record.turnedAway === null);
    return present.every(
      ({ line, outbox, history, record }) =>
        line.isLive && outbox.isEmpty && record.seq === heads.get(history.id),
    );
  }

  #commands(matches: (record: CommandRecord) => boolean): number {
    let count = 0;
    for (const { commands } of this.#book.histories.values()) {
      for (const record of commands) if (matches(record)) count++;
    }
    return count;
  }
}
