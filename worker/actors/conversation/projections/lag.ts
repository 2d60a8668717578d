// How far a projection may lag behind what is said. A message by itself asks for no projection, because that would cost
// rows for each.

import type { ConversationLog } from '../log.ts';
import type { Projector } from './projector.ts';

export const MOST_LAG_MS = 15 * 60_000;
const TRY_AGAIN_MS = 60_000;

interface Deps {
  readonly log: Pick<ConversationLog, 'seq' | 'cursorOf' | 'readAfter' | 'saveCursors'>;
  readonly projector: Pick<Projector, 'run'>;
  readonly now: () => number;
}

export class Lag {
  readonly #deps: Deps;
  readonly #name: string;
  /** When the first event was stored that is not read yet, and what had been read by then. */
  #first: { readonly read: number; readonly at: number } | null = null;
  #triedAt = -Infinity;

  /** @param name of the projection */
  constructor(name: string, deps: Deps) {
    this.#name = name;
    this.#deps = deps;
  }

  /** When the projection is to read on at the latest; null: it has read all. */
  get endsAt(): number | null {
    const { log } = this.#deps;
    const read = log.cursorOf(this.#name);
    if (read >= log.seq) return null;
    if (this.#first?.read !== read) {
      this.#first = { read, at: log.readAfter(read, 1)[0]?.at ?? 0 };
    }
    return Math.max(this.#first.at + MOST_LAG_MS, this.#triedAt + TRY_AGAIN_MS);
  }

  /** Has the projection read on, if it is time. */
  async end(): Promise<void> {
    const { log, projector, now } = this.#deps;
    if ((this.endsAt ?? Infinity) > now()) return;
    this.#triedAt = now();
    try {
      await projector.run([this.#name]);
      // Else it would read the same again each time the object wakes.
      log.saveCursors();
    } catch (error) {
      console.error('projections: will be tried again', this.#name, String(error));
    }
  }
}
