// Who is there, of each conversation that a page of the workspace follows, and which of them this page looks at.

import { SvelteMap } from 'svelte/reactivity';
import {
  presenceSchema,
  type Presence,
  type PresenceSignal,
} from '#shared/conversation/signals.ts';
import { known } from '#shared/frames.ts';
import type { ConversationId } from '#shared/ids.ts';

export class Presences {
  readonly #heard = new SvelteMap<ConversationId, Presence>();
  #lookedAt: ConversationId | null = null;

  /** Null until the server has told of anybody. */
  of(id: ConversationId): Presence | null {
    return this.#heard.get(id) ?? null;
  }

  /** A signal of a conversation, whatever it is about. */
  hear(id: ConversationId, signal: unknown): void {
    const [presence] = known(presenceSchema, [signal]);
    if (presence) this.#heard.set(id, presence);
  }

  /** What a new connection is told; null: nothing. */
  sayable(id: ConversationId): PresenceSignal | null {
    return this.#lookedAt === id ? { type: 'looking', looking: true } : null;
  }

  /** The agent has a conversation before them. Answers with a function that ends it. */
  look(conversation: Looked): () => void {
    this.#lookedAt = conversation.id;
    conversation.sayPresence();
    return () => {
      if (this.#lookedAt === conversation.id) this.#lookedAt = null;
      conversation.sayPresence({ type: 'looking', looking: false });
    };
  }
}

interface Looked {
  readonly id: ConversationId;
  sayPresence(signal?: PresenceSignal): void;
}
