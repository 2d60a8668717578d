// Sends what an agent has written. A draft stays until the outbox has the message.

import { textBody } from '#shared/conversation/body.ts';
import type { Quote } from '#shared/conversation/message-events.ts';
import type { AgentId } from '#shared/ids.ts';
import { directIn, notesIn, type DraftKey } from '#shared/internal-drafts.ts';
import type { AgentDrafts } from './agent-drafts.svelte.ts';
import type { ConversationStore } from './conversation-store.svelte.ts';
import type { DirectChatStore } from './direct-chat-store.svelte.ts';
import { OneAtATime } from './one-at-a-time.ts';
import type { NewMessage } from './pending-commands.svelte.ts';

type Log = Pick<ConversationStore, 'sendAll'>;
type Written = Omit<NewMessage, 'id'>;

export class DraftSender {
  readonly #drafts: AgentDrafts;
  readonly #sending = new OneAtATime();

  constructor(drafts: AgentDrafts) {
    this.#drafts = drafts;
  }

  reply(conversation: ConversationStore): Promise<void> {
    return this.#sendMessage(conversation, conversation.id);
  }

  /** @param mentions whom it calls */
  note(conversation: ConversationStore, mentions: AgentId[]): Promise<void> {
    const noteOf = (text: string): Written => ({
      command: { type: 'note.add', body: textBody(text), mentions },
    });
    return this.#send(conversation, notesIn(conversation.id), noteOf);
  }

  direct(chat: DirectChatStore): Promise<void> {
    return this.#sendMessage(chat, directIn(chat.id));
  }

  async #sendMessage(log: Log, key: DraftKey): Promise<void> {
    const { quotes } = this.#drafts;
    const quote = quotes.in(key);
    await this.#send(log, key, (text) => messageOf(text, quote));
    // One that was chosen meanwhile is for the next message.
    if (quote && quotes.in(key) === quote) quotes.drop(key);
  }

  #send(log: Log, key: DraftKey, written: (text: string) => Written): Promise<void> {
    return this.#sending.run(async () => {
      const sending = this.#drafts.startSending(key);
      if (!sending) return;
      await log.sendAll([{ ...written(sending.text), id: sending.id }]);
      this.#drafts.finishSending(key);
    });
  }
}

function messageOf(text: string, quote: Quote | null): Written {
  const command = { type: 'message.send', body: textBody(text) } as const;
  return quote ? { command: { ...command, replyTo: quote.seq }, quote } : { command };
}
