// Drafts that the server has not got yet, kept on this device so that no reload and no crash loses them.

import * as v from 'valibot';
import type { AgentId } from '#shared/ids.ts';
import { draftKeySchema, type DraftKey } from '#shared/internal-drafts.ts';
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
  v.record(draftKeySchema, v.union([textSchema, draftSchema])),
);

export type DraftsByKey = Readonly<Record<DraftKey, Draft>>;

export class UnsyncedDrafts {
  readonly #name: string;
  readonly #storage: () => TextStorage;

  constructor(agentId: AgentId, storage: () => TextStorage) {
    this.#storage = storage;
    this.#name = `parley-drafts-${agentId}`;
  }

  all(): DraftsByKey {
    try {
      const stored = v.safeParse(storedSchema, this.#storage().getItem(this.#name));
      return stored.success ? stored.output : {};
    } catch {
      return {};
    }
  }

  put(key: DraftKey, draft: Draft): void {
    this.#write({ ...this.all(), [key]: draft });
  }

  /** The server has this text. What another tab has written since is kept. */
  remove(key: DraftKey, text: string): void {
    const { [key]: draft, ...others } = this.all();
    if (draft?.text === text) this.#write(others);
  }

  #write(drafts: DraftsByKey): void {
    try {
      this.#storage().setItem(this.#name, JSON.stringify(drafts));
    } catch {
      // Without storage a draft reaches the server a moment later, or not at all.
    }
  }
}
