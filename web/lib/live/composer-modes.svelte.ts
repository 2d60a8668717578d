// What an agent writes in a conversation: a reply to the visitor, or a note for colleagues. Each has a draft of its own,
// so what was begun as a note never becomes a reply.

import type { ConversationId } from '#shared/ids.ts';
import { notesIn } from '#shared/internal-drafts.ts';
import { isBlank } from '#shared/text.ts';
import type { AgentDrafts } from './agent-drafts.svelte.ts';

export type ComposerMode = 'reply' | 'note';

export class ComposerModes {
  readonly #drafts: Pick<AgentDrafts, 'textIn'>;
  #chosen = $state.raw<Readonly<Partial<Record<ConversationId, ComposerMode>>>>({});

  constructor(drafts: Pick<AgentDrafts, 'textIn'>) {
    this.#drafts = drafts;
  }

  /** As it was chosen last; else by what has been begun there. */
  in(id: ConversationId): ComposerMode {
    const chosen = this.#chosen[id];
    if (chosen) return chosen;
    const isBegun = (text: string) => !isBlank(text);
    const hasNote = isBegun(this.#drafts.textIn(notesIn(id)));
    return hasNote && !isBegun(this.#drafts.textIn(id)) ? 'note' : 'reply';
  }

  choose(id: ConversationId, mode: ComposerMode): void {
    this.#chosen = { ...this.#chosen, [id]: mode };
  }

  toggle(id: ConversationId): void {
    this.choose(id, this.in(id) === 'note' ? 'reply' : 'note');
  }
}
