// Which message each draft answers, kept on this device so that a reload does not lose it.

import * as v from 'valibot';
import { quoteSchema, type Quote } from '#shared/conversation/message-events.ts';
import type { AgentId } from '#shared/ids.ts';
import { draftKeySchema, type DraftKey } from '#shared/internal-drafts.ts';
import type { TextStorage } from './environment.ts';

const storedSchema = v.pipe(v.string(), v.parseJson(), v.record(draftKeySchema, quoteSchema));
type Quotes = Readonly<Partial<Record<DraftKey, Quote>>>;

export class QuotedMessages {
  readonly #name: string;
  readonly #storage: () => TextStorage;
  #quotes = $state.raw<Quotes>({});

  constructor(agentId: AgentId, storage: () => TextStorage) {
    this.#name = `parley-quotes-${agentId}`;
    this.#storage = storage;
  }

  /** Only in a browser. */
  restore(): void {
    this.#quotes = { ...this.#stored(), ...this.#quotes };
  }

  /** Null: the draft answers no message in particular. */
  in(key: DraftKey): Quote | null {
    return this.#quotes[key] ?? null;
  }

  choose(key: DraftKey, quote: Quote): void {
    this.#put({ ...this.#quotes, [key]: quote });
  }

  drop(key: DraftKey): void {
    const { [key]: _, ...others } = this.#quotes;
    this.#put(others);
  }

  #put(quotes: Quotes): void {
    this.#quotes = quotes;
    try {
      this.#storage().setItem(this.#name, JSON.stringify(quotes));
    } catch {
      // Without storage it lives as long as the page.
    }
  }

  #stored(): Quotes {
    try {
      const stored = v.safeParse(storedSchema, this.#storage().getItem(this.#name));
      return stored.success ? stored.output : {};
    } catch {
      return {};
    }
  }
}
