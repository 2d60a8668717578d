// A text field and the draft that it writes, so that what is written is the same on every device of the agent's.

import type { DraftKey } from '#shared/internal-drafts.ts';
import type { AgentDrafts } from '#web/lib/live/agent-drafts.svelte.ts';

/** What can be chosen while a text is written, and may do with it something else than send it. */
export interface FieldMenu {
  readonly suggestions: readonly unknown[];
  /** The place of the suggestion that Enter chooses. */
  readonly active: number;
  /** To be called with each change of the text. */
  written(text: string): void;
  /** True when the press was for the suggestions. */
  press(key: string): boolean;
  /** Does what the text asks for; false when it is to be sent. */
  submit(): boolean;
}

interface Parts {
  drafts: AgentDrafts;
  key: DraftKey;
  /** Told of each change of the text. */
  onWritten?: (text: string) => void;
}

export class Writing {
  /** Once it is there. */
  field = $state<HTMLTextAreaElement | null>(null);
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get text(): string {
    return this.#parts.drafts.textIn(this.#parts.key);
  }
  /** Whether the server does not keep it. */
  get isOnlyHere(): boolean {
    return this.#parts.drafts.isOnlyHere(this.#parts.key);
  }

  write(text: string): void {
    this.#parts.drafts.write(this.#parts.key, text);
    this.#parts.onWritten?.(text);
  }
}
