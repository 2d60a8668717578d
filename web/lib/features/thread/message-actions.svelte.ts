// What an agent does with messages of the conversation or direct chat that is open: answers one, changes or deletes
// their own.

import { createContext } from 'svelte';
import { amendedBy, isDeleted } from '#shared/conversation/amendments.ts';
import { textBody } from '#shared/conversation/body.ts';
import type { Amending } from '#shared/conversation/commands.ts';
import type { ConversationEvent } from '#shared/conversation/events.ts';
import { quoteOf, type MessageSent, type Quote } from '#shared/conversation/message-events.ts';
import type { Author } from '#shared/identity.ts';
import type { AgentId } from '#shared/ids.ts';
import type { DraftKey } from '#shared/internal-drafts.ts';
import type { AgentDrafts } from '#web/lib/live/agent-drafts.svelte.ts';
import type { LogId } from '#web/lib/live/outbox.ts';
import type { Answer } from '#web/lib/live/pending-commands.svelte.ts';
import type { MessageRow } from '#web/lib/thread/rows.ts';
import { refusalSentence } from '#web/lib/refusal-sentence.ts';
import type { Notices } from '#web/lib/ui/notices.svelte.ts';
import { m } from '#messages/compiled/messages.js';
import type { Jump } from './jump.svelte.ts';
import { focusComposer } from './message-focus.ts';

interface Log {
  readonly id: LogId;
  readonly events: readonly ConversationEvent[];
  ask(command: Amending): Promise<Answer>;
}

interface Parts {
  readonly log: Log;
  readonly me: AgentId;
  readonly jump: Jump;
  readonly notices: Notices;
  readonly drafts: Pick<AgentDrafts, 'quotes'>;
  /** Of the draft that answers. */
  readonly key: DraftKey;
  readonly canReply: () => boolean;
  /** For so long after it was sent, a message can be changed; 0: never. */
  readonly amendWithinSeconds: () => number;
  /** Of the other side. */
  readonly name: () => string;
}

interface Editing {
  readonly seq: number;
  text: string;
}

export class MessageActions {
  readonly #parts: Parts;
  #editing = $state<Editing | null>(null);
  #deleting = $state.raw<number | null>(null);

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get canReply(): boolean {
    return this.#parts.canReply();
  }
  /** What the next message answers. */
  get quote(): Quote | null {
    return this.canReply ? this.#parts.drafts.quotes.in(this.#parts.key) : null;
  }
  /** The message that is being changed. */
  get editing(): Editing | null {
    return this.#editing;
  }
  /** The message that is to be deleted, if the agent means it. */
  get deleting(): number | null {
    return this.#deleting;
  }

  nameOf(author: Author): string {
    return author.kind === 'agent' ? author.name : this.#parts.name();
  }

  /** Whether a row is of this log, which alone can be answered. */
  isHere({ log, seq, body }: MessageRow): boolean {
    return log === this.#parts.log.id && seq !== null && !isDeleted(body);
  }

  canAmend(row: MessageRow): boolean {
    return this.isHere(row) && !row.isNote && this.#isMineFor(row.author, row.at);
  }

  reply(row: MessageRow): void {
    const { seq, author: by, body } = row;
    if (!this.canReply || !this.isHere(row) || seq === null) return;
    this.#parts.drafts.quotes.choose(this.#parts.key, quoteOf({ seq, by, body }));
    focusComposer();
  }

  /** False when there was nothing to drop. */
  dropQuote(): boolean {
    if (!this.quote) return false;
    this.#parts.drafts.quotes.drop(this.#parts.key);
    return true;
  }

  edit({ seq, body }: Pick<MessageRow, 'seq' | 'body'>): void {
    if (seq !== null) this.#editing = { seq, text: body.text };
  }

  /** The agent's own last message; false when there is none that can be changed. */
  editLast(): boolean {
    const { log } = this.#parts;
    const last = amendedBy(log.events, log.events).findLast(
      (event): event is MessageSent =>
        event.type === 'message.sent' && this.#isMineFor(event.by, event.at),
    );
    if (!last || isDeleted(last.body)) return false;
    this.edit(last);
    return true;
  }

  stopEditing(): void {
    this.#editing = null;
    focusComposer();
  }

  async save(): Promise<void> {
    if (!this.#editing) return;
    const { seq, text } = this.#editing;
    const command = { type: 'message.edit', message: seq, body: textBody(text) } as const;
    if (await this.#ask(command)) this.stopEditing();
  }

  askToDelete(seq: number | null): void {
    this.#deleting = seq;
  }

  async delete(): Promise<void> {
    const seq = this.#deleting;
    if (seq === null) return;
    this.#deleting = null;
    await this.#ask({ type: 'message.delete', message: seq });
    focusComposer();
  }

  /** Takes the reader to a message of this log. */
  async show(seq: number): Promise<void> {
    const { jump, notices } = this.#parts;
    try {
      await jump.to({ seq, texts: [], takesFocus: true });
    } catch {
      notices.fail(m.thread_earlier_failed());
    }
  }

  #isMineFor(author: Author, at: number): boolean {
    const { me, amendWithinSeconds } = this.#parts;
    const isMine = author.kind === 'agent' && author.id === me;
    return isMine && Date.now() - at < amendWithinSeconds() * 1000;
  }

  async #ask(command: Amending): Promise<boolean> {
    const answer = await this.#parts.log.ask(command);
    if (answer && !answer.ok) this.#parts.notices.fail(refusalSentence(answer.refusal));
    return answer?.ok === true;
  }
}

export const [getMessageActions, setMessageActions] = createContext<MessageActions>();
