// Colleagues as they are mentioned in a note: suggested behind an @, and found again when it is sent.

import type { Colleagues } from '#shared/api.ts';
import type { AgentId } from '#shared/ids.ts';
import { fetchColleagues } from '#web/lib/live/colleagues.ts';
import { insertText } from '#web/lib/ui/insert-text.ts';
import type { Candidate } from '../colleagues/candidates.ts';
import { hasMention, mentionBefore, mentionsIn } from './mentions.ts';
import { beginsIn, type Suggestion } from './slash.ts';
import type { FieldMenu, Writing } from './writing.svelte.ts';

interface Parts {
  me: AgentId;
  writing: Writing;
}

type Agent = Colleagues['agents'][number];

export class MentionMenu implements FieldMenu {
  readonly #parts: Parts;
  #agents = $state.raw<readonly Agent[] | null>(null);
  #lookingUp: Promise<void> | null = null;
  #cursor = $state.raw(0);
  #active = $state.raw(0);
  /** The text whose suggestions were waved aside. */
  #dismissed = $state.raw<string | null>(null);

  readonly suggestions: readonly Suggestion<AgentId>[] = $derived.by(() => {
    const { text } = this.#parts.writing;
    const wanted = text === this.#dismissed ? null : mentionBefore(text, this.#cursor);
    if (!wanted) return [];
    return (this.#agents ?? [])
      .filter(({ agentId }) => agentId !== this.#parts.me)
      .filter(({ username, name }) => beginsIn(`${username} ${name}`, wanted.name))
      .map((agent) => ({
        kind: 'colleague',
        text: `@${agent.username} `,
        candidate: candidateOf(agent),
      }));
  });

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get active(): number {
    return Math.min(this.#active, this.suggestions.length - 1);
  }

  written(text: string): void {
    this.#active = 0;
    this.#cursor = this.#parts.writing.field?.selectionStart ?? text.length;
    if (mentionBefore(text, this.#cursor)) void this.#lookUp();
  }

  /** In place of what was begun; the cursor is behind it then. */
  choose({ text: name }: Suggestion<AgentId>): void {
    const { field, text } = this.#parts.writing;
    const begun = mentionBefore(text, this.#cursor);
    if (field && begun) insertText(field, name, begun.from, this.#cursor);
  }

  press(key: string): boolean {
    const chosen = this.suggestions[this.active];
    if (!chosen) return false;
    const { length } = this.suggestions;
    if (key === 'ArrowDown') this.#active = (this.active + 1) % length;
    else if (key === 'ArrowUp') this.#active = (this.active + length - 1) % length;
    else if (key === 'Escape') this.#dismissed = this.#parts.writing.text;
    else if (key === 'Enter' || key === 'Tab') this.choose(chosen);
    else return false;
    return true;
  }

  submit(): boolean {
    return false;
  }

  /** Whom the text mentions; null when that can't be found out. */
  async mentions(): Promise<AgentId[] | null> {
    const { text } = this.#parts.writing;
    if (!hasMention(text)) return [];
    if (!this.#agents) await this.#lookUp();
    return this.#agents && mentionsIn(text, this.#agents);
  }

  /** Once; after a failure again. */
  #lookUp(): Promise<void> {
    this.#lookingUp ??= fetchColleagues().then(
      ({ agents }) => void (this.#agents = agents),
      () => void (this.#lookingUp = null),
    );
    return this.#lookingUp;
  }
}

const candidateOf = ({ agentId, name, username, availability }: Agent): Candidate<AgentId> => ({
  ...{ id: agentId, name, username, to: agentId },
  ...{ status: availability, isBlocked: false },
});
