// A page that writes to one conversation, without the server: a test says what it answers.

import * as v from 'valibot';
import { textBody } from '#shared/conversation/body.ts';
import type { ConversationCommand } from '#shared/conversation/commands.ts';
import { conversationClientFrame } from '#shared/frames.ts';
import { newCommandId, newConversationId, type CommandId } from '#shared/ids.ts';
import { Outbox, type OutboxItem } from '../outbox.ts';
import { PendingCommands, type OnRefused } from '../pending-commands.svelte.ts';
import { OutboxInMemory } from './environment.ts';

const thisConversation = newConversationId();

export class WritingPage {
  /** The commands that it has sent. */
  readonly said: { id: CommandId; text: string; after: number }[] = [];
  readonly pending: PendingCommands<ConversationCommand>;

  /** @param storage of the browser, which its pages share */
  constructor(
    storage = new OutboxInMemory(),
    onRefused?: OnRefused,
    conversationId = thisConversation,
  ) {
    this.pending = new PendingCommands({
      id: conversationId,
      outbox: new Outbox(storage),
      onRefused,
      connection: { send: (frame) => this.#hear(frame) },
      receipts: { take: () => undefined },
    });
  }

  /** What is on the screen, with the code of its refusal if there is one. */
  get shown() {
    return this.pending.messages.map(({ command, refusal }) =>
      refusal ? `${command.body.text}: ${refusal.code}` : command.body.text,
    );
  }
  get saidTexts() {
    return this.said.map(({ text }) => text);
  }

  /** Resolves with its id once it is kept. */
  async write(text: string, after = 0): Promise<CommandId> {
    const id = newCommandId();
    await this.pending.send(
      [{ id, command: { type: 'message.send', body: textBody(text) } }],
      after,
    );
    return id;
  }

  first(): OutboxItem {
    const [item] = this.pending.messages;
    if (!item) throw new Error('Nothing is pending.');
    return item;
  }

  #hear(raw: unknown): boolean {
    const frame = v.parse(conversationClientFrame, raw);
    if (frame.type !== 'command') return true;
    const { id, command, after } = frame;
    const text = command.type === 'message.send' ? command.body.text : command.type;
    this.said.push({ id, text, after });
    return true;
  }
}

export const textsIn = ({ items }: OutboxInMemory) =>
  [...items.values()].map(({ command }) => command.body.text);
