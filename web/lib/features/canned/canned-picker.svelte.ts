// Canned responses as they are looked for in a text field: an exclamation mark at its start opens the list. It needs no
// more of the field than this, so any composer can have it.

import type { CannedResponse } from '#shared/canned-responses/canned-response.ts';
import { filled } from '#shared/canned-responses/placeholders.ts';
import type { Notices } from '#web/lib/ui/notices.svelte.ts';
import { m } from '#messages/compiled/messages.js';
import type { CannedResponses } from './canned-responses.svelte.ts';
import { needsReach, type CannedTarget } from './canned-target.svelte.ts';
import { completeCanned } from './insert-canned.ts';
import { cannedQueryIn, isShortcut } from './query.ts';

interface Parts {
  responses: CannedResponses;
  target: CannedTarget;
  notices: Notices;
  text: () => string;
  field: () => HTMLTextAreaElement | null;
}

/** As many as are listed. */
const LISTED = 50;

export class CannedPicker {
  readonly #parts: Parts;
  #active = $state.raw(0);
  /** The text whose suggestions were waved aside. */
  #dismissed = $state.raw<string | null>(null);
  #isAsked = false;

  /** What is looked for; null: nothing is. */
  readonly query: string | null = $derived.by(() => {
    const text = this.#parts.text();
    return text === this.#dismissed ? null : cannedQueryIn(text);
  });

  readonly suggestions: readonly CannedResponse[] = $derived.by(() => {
    const { responses, target } = this.#parts;
    if (this.query === null) return [];
    return responses.index.search(this.query, target.departmentId).filter((_, at) => at < LISTED);
  });

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The place of the suggestion that Enter chooses. */
  get active(): number {
    return Math.min(this.#active, this.suggestions.length - 1);
  }

  get chosen(): CannedResponse | undefined {
    return this.suggestions[this.active];
  }

  /** Whether nothing is known yet to choose from. */
  get isWaiting(): boolean {
    const { all, hasFailed } = this.#parts.responses;
    return this.query !== null && all === null && !hasFailed;
  }

  /** Whether the responses could not be loaded, and none is known from before. */
  get hasFailed(): boolean {
    const { all, hasFailed } = this.#parts.responses;
    return all === null && hasFailed;
  }

  /** The response as it would be inserted. */
  preview({ text }: CannedResponse): string {
    return filled(text, this.#parts.target.values);
  }

  /** To be called with each change of the text. */
  written(text: string): void {
    const { responses, target } = this.#parts;
    this.#active = 0;
    if (cannedQueryIn(text) === null) this.#isAsked = false;
    else if (!this.#isAsked) {
      this.#isAsked = true;
      void responses.refresh().then(() => {
        if (responses.all?.some((one) => needsReach(one.text))) void target.know();
      });
    }
  }

  choose(response: CannedResponse): void {
    const field = this.#parts.field();
    if (field) void completeCanned(response, this.#parts.target, field);
  }

  /** True when the press was for the suggestions. */
  press(key: string): boolean {
    const { chosen } = this;
    if (!chosen) return false;
    const { length } = this.suggestions;
    if (key === 'ArrowDown') this.#active = (this.active + 1) % length;
    else if (key === 'ArrowUp') this.#active = (this.active + length - 1) % length;
    else if (key === 'Escape') this.#dismissed = this.#parts.text();
    else if (key === 'Enter' || key === 'Tab') this.choose(chosen);
    else return false;
    return true;
  }

  /** Whether the text is not to be sent: it looks for a response. One that is a sentence is a message. */
  submit(): boolean {
    const { query, chosen } = this;
    if (query === null) return false;
    if (chosen) this.choose(chosen);
    else if (this.isWaiting) return true;
    else if (!isShortcut(query)) return false;
    else this.#parts.notices.fail(this.#whyNone(query));
    return true;
  }

  #whyNone(shortcut: string): string {
    return this.hasFailed ? m.canned_not_loaded() : m.canned_none({ shortcut });
  }
}
