// What an agent has begun to write, for their other tabs and devices.

import type { AgentState } from '#shared/agent.ts';
import type { ConversationId } from '#shared/ids.ts';
import { accept, refuse, type Outcome } from '#shared/refusals.ts';
import { isBlank } from '#shared/text.ts';

/** More are begun by nobody at the keyboard. */
const MOST_DRAFTS = 50;
/** Of all of them: each welcome carries them. */
const MOST_BYTES = 256 * 1024;

export class Drafts {
  readonly #sql: SqlStorage;
  readonly #mayKeep: (id: ConversationId) => boolean;

  /** @param mayKeep whether a conversation is one that the agent may write in or read */
  constructor(sql: SqlStorage, mayKeep: (id: ConversationId) => boolean) {
    this.#sql = sql;
    this.#mayKeep = mayKeep;
  }

  all(): AgentState['drafts'] {
    const rows = this.#sql
      .exec<{ conversation_id: string; text: string }>('SELECT * FROM draft')
      .toArray();
    // Stored from parsed ids.
    return Object.fromEntries(rows.map((row) => [row.conversation_id, row.text]));
  }

  /** A blank text is no draft. */
  keep(conversationId: ConversationId, text: string): Outcome<null> {
    if (isBlank(text)) {
      this.forget(conversationId);
      return accept(null);
    }
    if (!this.#mayKeep(conversationId)) return refuse('conversation.unknown');
    const others = this.#sql
      .exec<{ count: number; bytes: number }>(
        `SELECT count(*) AS count, coalesce(sum(length(CAST(text AS BLOB))), 0) AS bytes
         FROM draft WHERE conversation_id IS NOT ?`,
        conversationId,
      )
      .one();
    const bytes = others.bytes + new TextEncoder().encode(text).length;
    if (others.count >= MOST_DRAFTS || bytes > MOST_BYTES) return refuse('drafts.full');
    this.#sql.exec('INSERT OR REPLACE INTO draft VALUES (?, ?)', conversationId, text);
    return accept(null);
  }

  forget(conversationId: ConversationId): void {
    this.#sql.exec('DELETE FROM draft WHERE conversation_id = ?', conversationId);
  }
}
