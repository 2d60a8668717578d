// What was written and is not acknowledged yet, kept so that it survives a reload and being offline.

import { textBody } from '#shared/conversation/body.ts';
import type { CommandOf } from '#shared/conversation/commands.ts';
import type { PairId } from '#shared/direct-chat/pair.ts';
import type { Quote } from '#shared/conversation/message-events.ts';
import type { CommandId, ConversationId } from '#shared/ids.ts';
import type { Refusal } from '#shared/refusals.ts';

/** Of a conversation, or of the two who have a direct chat. */
export type LogId = ConversationId | PairId;

export interface OutboxItem {
  /** The log that it is for: also a direct chat's. */
  readonly conversationId: LogId;
  readonly id: CommandId;
  readonly after: number;
  readonly command: CommandOf<'message.send' | 'conversation.open' | 'note.add'>;
  /** What it answers, as its bubble shows it. */
  readonly quote?: Quote;
  /** Epoch milliseconds of this device: order within the outbox, and what the bubble shows. */
  readonly mintedAt: number;
  /** Set when the server said no; then it is sent again only when its author asks for it. */
  readonly refusal: Refusal | null;
}

/**
 * What is sent in place of a refused message; null: the same one. It becomes another message if it was stale, now that
 * its author has read what came in between, or if what it answers is gone.
 */
export function instead({ command, refusal }: OutboxItem): OutboxItem['command'] | null {
  if (refusal?.code === 'message.stale') return command;
  if (refusal?.code !== 'message.unknown' || command.type !== 'message.send') return null;
  return { type: command.type, body: command.body };
}

interface EarlierCommand {
  readonly type: OutboxItem['command']['type'];
  readonly text: string;
}

/** What a storage may hold: before messages had bodies, a command held a bare text. */
export type StoredItem = OutboxItem | (Omit<OutboxItem, 'command'> & { command: EarlierCommand });

/** Done as one: after a crash either all of it has happened or none. */
export interface OutboxChange {
  readonly put?: readonly OutboxItem[];
  readonly remove?: readonly OutboxItem[];
}

/** Where the items of one person are kept. */
export interface OutboxStorage {
  /** Resolves when the change is stored for good; rejects when it can't be. */
  write(change: OutboxChange): Promise<void>;
  /** In the order in which they were written; some may be of an earlier version. */
  all(): Promise<StoredItem[]>;
}

/** A storage that does not answer in this time is taken for one that refuses. Until it answers, nothing waits for it. */
const ANSWER_WITHIN_MS = 5_000;

export class Outbox {
  readonly #storage: OutboxStorage;
  readonly #onRefused: () => void;
  #isRefusalTold = false;
  #patienceMs = ANSWER_WITHIN_MS;
  /** What the storage refused. It is sent like the rest, but lives only as long as the page. */
  readonly #unkept = new Map<CommandId, OutboxItem>();

  /** @param onRefused called once, when the storage refuses to keep something */
  constructor(storage: OutboxStorage, onRefused: () => void = () => {}) {
    this.#storage = storage;
    this.#onRefused = onRefused;
  }

  /** Resolves when the items are kept, or when it is certain that they can't be. */
  async write({ put = [], remove = [] }: OutboxChange): Promise<void> {
    for (const { id } of remove) this.#unkept.delete(id);
    try {
      await this.#answered(() => this.#storage.write({ put, remove }));
      for (const { id } of put) this.#unkept.delete(id);
    } catch {
      for (const item of put) this.#unkept.set(item.id, item);
      // What could only not be removed is sent again after a reload, under its old id, which does no harm.
      if (put.length > 0) this.#tell();
    }
  }

  /** In the order in which they were written, each id once. */
  async all(): Promise<OutboxItem[]> {
    const kept = await this.#answered(() => this.#storage.all()).catch(() => []);
    const items = [...kept.map(upgraded), ...this.#unkept.values()];
    return [...new Map(items.map((item) => [item.id, item])).values()];
  }

  #tell(): void {
    if (!this.#isRefusalTold) this.#onRefused();
    this.#isRefusalTold = true;
  }

  /** As the work ends, or rejects: a browser may throw at the mere name of its storage, or never answer. */
  #answered<T>(work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#patienceMs = 0;
        reject(new Error('The storage does not answer.'));
      }, this.#patienceMs);
      Promise.resolve()
        .then(work)
        .then((value) => {
          this.#patienceMs = ANSWER_WITHIN_MS;
          resolve(value);
        }, reject)
        .finally(() => clearTimeout(timer));
    });
  }
}

function upgraded(item: StoredItem): OutboxItem {
  if ('body' in item.command) return { ...item, command: item.command };
  const { text, ...command } = item.command;
  // The rest of it has kept its shape, except that an opening says the visitor's language by now.
  const language = command.type === 'conversation.open' ? { locale: null } : {};
  return {
    ...item,
    command: { ...command, ...language, body: textBody(text) } as OutboxItem['command'],
  };
}
