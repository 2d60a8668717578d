// Which of the hits the agent looks at, and the way from one to the next.

import type { ConversationHit } from '#shared/search/bodies.ts';
import { m } from '#messages/compiled/messages.js';
import type { JumpTarget } from '../thread/jump.svelte.ts';
import type { Parameters } from './ask.ts';
import type { Finder } from './finder.svelte.ts';

export class Steps {
  readonly #finder: Finder<Parameters, ConversationHit>;
  readonly #show: (target: JumpTarget) => void;
  /** -1 before the first step. */
  #place = $state.raw(-1);

  constructor(finder: Finder<Parameters, ConversationHit>, show: (target: JumpTarget) => void) {
    this.#finder = finder;
    this.#show = show;
  }

  get place() {
    return this.#place;
  }

  /** In words: where the agent is among the hits, or how many there are. */
  get told(): string {
    const { hits, hasMore, hasFailed, isLooking, isDone } = this.#finder;
    if (hasFailed) return m.notice_offline();
    const count = hits.length;
    if (count === 0) {
      if (isLooking) return m.search_looking();
      return isDone ? m.search_none() : '';
    }
    if (this.#place === -1) return m.search_count({ count });
    const at = { place: this.#place + 1, count };
    return hasMore ? m.search_in_at_least(at) : m.search_in_at(at);
  }

  /** Something else is looked for. */
  forget(): void {
    this.#place = -1;
  }

  /** Further back in the thread; behind the last hit that is known, more are looked for. */
  async next(): Promise<void> {
    const { hits, hasMore } = this.#finder;
    if (this.#place + 1 >= hits.length && hasMore) await this.#finder.more();
    this.goTo(this.#place + 1);
  }

  previous(): void {
    this.goTo(this.#place - 1);
  }

  goTo(place: number): void {
    const hit = this.#finder.hits[place];
    if (!hit) return;
    this.#place = place;
    const { seq, snippet, marks } = hit;
    this.#show({ seq, texts: [...new Set(marks.map(([from, to]) => snippet.slice(from, to)))] });
  }
}
