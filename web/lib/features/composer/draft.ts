// What was begun and not sent, kept on this device until it is.

import type { AgentId, ConversationId } from '#shared/ids.ts';

export class Draft {
  readonly #key: string;

  constructor(agentId: AgentId, conversationId: ConversationId) {
    this.#key = `parley-draft-${agentId}-${conversationId}`;
  }

  read(): string {
    try {
      return localStorage.getItem(this.#key) ?? '';
    } catch {
      return '';
    }
  }

  /** A blank text is no draft. */
  keep(text: string): void {
    try {
      if (text.trim() === '') localStorage.removeItem(this.#key);
      else localStorage.setItem(this.#key, text);
    } catch {
      // Without storage the draft lives as long as the page.
    }
  }
}
