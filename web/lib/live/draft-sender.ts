// Sends what an agent has written. A draft stays until the outbox has the message.

import { textBody } from '#shared/conversation/body.ts';
import type { CommandOf } from '#shared/conversation/commands.ts';
import type { AgentId } from '#shared/ids.ts';
import { directIn, notesIn, type DraftKey } from '#shared/internal-drafts.ts';
import type { AgentDrafts } from './agent-drafts.svelte.ts';
import type { ConversationStore } from './conversation-store.svelte.ts';
import type { DirectChatStore } from './direct-chat-store.svelte.ts';
import { OneAtATime } from './one-at-a-time.ts';
import type { OutboxItem } from './outbox.ts';

type Log = Pick<ConversationStore, 'send'>;

export class DraftSender {
  readonly #drafts: AgentDrafts;
  readonly #sending = new OneAtATime();

  constructor(drafts: AgentDrafts) {
    this.#drafts = drafts;
  }

  reply(conversation: ConversationStore): Promise<void> {
    return this.#send(conversation, conversation.id, messageOf);
  }

  /** @param mentions whom it calls */
  note(conversation: ConversationStore, mentions: AgentId[]): Promise<void> {
    const noteOf = (text: string) =>
      ({ type: 'note.add', body: textBody(text), mentions }) as const;
    return this.#send(conversation, notesIn(conversation.id), noteOf);
  }

  direct(chat: DirectChatStore): Promise<void> {
    return this.#send(chat, directIn(chat.id), messageOf);
  }

  #send(
    log: Log,
    key: DraftKey,
    commandOf: (text: string) => OutboxItem['command'],
  ): Promise<void> {
    return this.#sending.run(async () => {
      const sending = this.#drafts.startSending(key);
      if (!sending) return;
      await log.send(commandOf(sending.text), sending.id);
      this.#drafts.finishSending(key);
    });
  }
}

const messageOf = (text: string): CommandOf<'message.send'> => ({
  type: 'message.send',
  body: textBody(text),
});
