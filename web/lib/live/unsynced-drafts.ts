// What an agent has begun to write and the desk has not got yet, kept on this device so that a reload
// loses none of it.

import * as v from 'valibot';
import { conversationIdSchema, type AgentId, type ConversationId } from '#shared/ids.ts';
import type { TextStorage } from './environment.ts';

const storedSchema = v.pipe(v.string(), v.parseJson(), v.record(conversationIdSchema, v.string()));

export class UnsyncedDrafts {
  readonly #key: string;
  readonly #storage: () => TextStorage;

  constructor(agentId: AgentId, storage: () => TextStorage) {
    this.#storage = storage;
    this.#key = `parley-drafts-${agentId}`;
  }

  all(): [ConversationId, string][] {
    // The schema has parsed the keys.
    return Object.entries(this.#read()) as [ConversationId, string][];
  }

  put(conversationId: ConversationId, text: string): void {
    this.#write({ ...this.#read(), [conversationId]: text });
  }

  /** The desk has this text; if another was written since, that is still unsaid. */
  acknowledge(conversationId: ConversationId, text: string): void {
    const { [conversationId]: kept, ...others } = this.#read();
    if (kept === text) this.#write(others);
  }

  #read(): Record<ConversationId, string> {
    try {
      const stored = v.safeParse(storedSchema, this.#storage().getItem(this.#key));
      return stored.success ? stored.output : {};
    } catch {
      return {};
    }
  }

  #write(drafts: Record<ConversationId, string>): void {
    try {
      this.#storage().setItem(this.#key, JSON.stringify(drafts));
    } catch {
      // Without storage a draft reaches the desk a moment later, or not at all.
    }
  }
}
