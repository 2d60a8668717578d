// Drafts that the server has not got yet, kept on this device so that no reload and no crash loses them.

import * as v from 'valibot';
import { conversationIdSchema, type AgentId, type ConversationId } from '#shared/ids.ts';
import { draftSchema, type Draft } from './draft.ts';
import type { TextStorage } from './environment.ts';

/** Earlier versions kept only the text. */
const textSchema = v.pipe(
  v.string(),
  v.transform((text): Draft => ({ text, sending: null })),
);
const storedSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.record(conversationIdSchema, v.union([textSchema, draftSchema])),
);

export type DraftsByConversation = Readonly<Record<ConversationId, Draft>>;

export class UnsyncedDrafts {
  readonly #key: string;
  readonly #storage: () => TextStorage;

  constructor(agentId: AgentId, storage: () => TextStorage) {
    this.#storage = storage;
    this.#key = `parley-drafts-${agentId}`;
  }

  all(): DraftsByConversation {
    try {
      const stored = v.safeParse(storedSchema, this.#storage().getItem(this.#key));
      return stored.success ? stored.output : {};
    } catch {
      return {};
    }
  }

  put(conversationId: ConversationId, draft: Draft): void {
    this.#write({ ...this.all(), [conversationId]: draft });
  }

  /** The server has this text. What another tab has written since is kept. */
  remove(conversationId: ConversationId, text: string): void {
    const { [conversationId]: draft, ...others } = this.all();
    if (draft?.text === text) this.#write(others);
  }

  #write(drafts: DraftsByConversation): void {
    try {
      this.#storage().setItem(this.#key, JSON.stringify(drafts));
    } catch {
      // Without storage a draft reaches the server a moment later, or not at all.
    }
  }
}
