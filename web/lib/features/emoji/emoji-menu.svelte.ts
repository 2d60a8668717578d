// Emoji as they are named in a text: suggested behind a colon, and put in place of a name that a second colon ends.

import { insertText } from '#web/lib/ui/insert-text.ts';
import type { FieldMenu, Writing } from '../composer/writing.svelte.ts';
import type { Emoji } from './emojis.ts';
import { keptEmoji, rememberEmoji } from './kept-emoji.ts';
import { loadEmojis } from './load-emojis.ts';
import { toned } from './tone.ts';
import { typedName } from './typed-name.ts';

/** As many as are listed. */
const LISTED = 20;

export class EmojiMenu implements FieldMenu {
  readonly #writing: Writing;
  #known = $state.raw<typeof import('./emojis.ts') | null>(null);
  #loading: Promise<void> | null = null;
  #cursor = $state.raw(0);
  #active = $state.raw(0);
  /** The text whose suggestions were waved aside. */
  #dismissed = $state.raw<string | null>(null);
  /** Whether the agent looks through all of them. */
  isPicking = $state(false);

  readonly suggestions: readonly Emoji[] = $derived.by(() => {
    const { text } = this.#writing;
    const typed = text === this.#dismissed ? null : typedName(text, this.#cursor);
    if (!typed || typed.isWhole || !this.#known) return [];
    return this.#known
      .namedLike(typed.name, keptEmoji().recent)
      .filter((_, place) => place < LISTED);
  });

  constructor(writing: Writing) {
    this.#writing = writing;
  }

  get active(): number {
    return Math.min(this.#active, this.suggestions.length - 1);
  }

  written(text: string): void {
    this.#active = 0;
    this.#cursor = this.#writing.field?.selectionStart ?? text.length;
    const typed = typedName(text, this.#cursor);
    if (!typed) return;
    if (this.#known) this.#complete();
    else void this.#load();
  }

  choose(one: Emoji): void {
    const { field, text } = this.#writing;
    const typed = typedName(text, this.#cursor);
    if (field && typed) this.#put(field, one, typed.from, this.#cursor);
  }

  /** From the picker: in place of what is selected, or where the cursor is. */
  pick(one: Emoji): void {
    this.isPicking = false;
    const { field } = this.#writing;
    if (field) this.#put(field, one, field.selectionStart, field.selectionEnd);
  }

  closePicker(): void {
    this.isPicking = false;
    this.#writing.field?.focus();
  }

  press(key: string): boolean {
    const chosen = this.suggestions[this.active];
    if (!chosen) return false;
    const { length } = this.suggestions;
    if (key === 'ArrowDown') this.#active = (this.active + 1) % length;
    else if (key === 'ArrowUp') this.#active = (this.active + length - 1) % length;
    else if (key === 'Escape') this.#dismissed = this.#writing.text;
    else if (key === 'Enter' || key === 'Tab') this.choose(chosen);
    else return false;
    return true;
  }

  submit(): boolean {
    return false;
  }

  #put(field: HTMLTextAreaElement, { emoji }: Emoji, from: number, to: number): void {
    insertText(field, toned(emoji, keptEmoji().tone), from, to);
    rememberEmoji(emoji);
  }

  /** The name that has just been ended, if there is such an emoji. */
  #complete(): void {
    const { field, text } = this.#writing;
    const typed = typedName(text, this.#cursor);
    const one = typed?.isWhole ? this.#known?.emojiNamed(typed.name) : undefined;
    if (field && typed && one) this.#put(field, one, typed.from, this.#cursor);
  }

  /** Once; after a failure again. */
  #load(): Promise<void> {
    this.#loading ??= loadEmojis().then(
      (known) => {
        this.#known = known;
        this.#complete();
      },
      () => void (this.#loading = null),
    );
    return this.#loading;
  }
}
