// The contact's conversations, as the panel lists them.

import type { PastConversation } from '#shared/contact/contact.ts';
import { fetchPastConversations, type ContactAddress } from '#web/lib/live/contact-requests.ts';

export class PastConversations {
  readonly #address: ContactAddress;
  #list = $state.raw<readonly PastConversation[]>([]);
  #next = $state.raw<string | null>(null);
  #status = $state.raw<'loading' | 'known' | 'failed'>('loading');

  constructor(address: ContactAddress) {
    this.#address = address;
  }

  /** The latest first, without the one that is open. */
  get list(): readonly PastConversation[] {
    return this.#list;
  }
  get hasMore(): boolean {
    return this.#next !== null;
  }
  get status() {
    return this.#status;
  }

  /** The first page, or the next one. */
  async load(): Promise<void> {
    this.#status = 'loading';
    try {
      const page = await fetchPastConversations(this.#address, this.#next ?? undefined);
      this.#status = page.ok ? 'known' : 'failed';
      if (!page.ok) return;
      const { conversationId: present } = this.#address;
      const others = page.value.conversations.filter(
        ({ conversationId }) => conversationId !== present,
      );
      this.#list = [...this.#list, ...others];
      this.#next = page.value.next;
    } catch {
      this.#status = 'failed';
    }
  }
}
