// What an agent has begun to write, for their other tabs and devices.

import type { AgentState } from '#shared/agent.ts';
import type { ConversationId } from '#shared/ids.ts';
import { isInternal, notesIn, type DraftKey, type InternalPlace } from '#shared/internal-drafts.ts';
import { accept, refuse, type Outcome } from '#shared/refusals.ts';
import { isBlank } from '#shared/text.ts';

/** More are begun by nobody at the keyboard. */
const MOST_DRAFTS = 50;
/** Of all of them: each welcome carries them. */
const MOST_BYTES = 256 * 1024;

export class Drafts {
  readonly #sql: SqlStorage;
  readonly #mayKeep: (key: DraftKey) => boolean;

  /** @param mayKeep whether a place is one that the agent may write in or read */
  constructor(sql: SqlStorage, mayKeep: (key: DraftKey) => boolean) {
    this.#sql = sql;
    this.#mayKeep = mayKeep;
  }

  all(): Pick<AgentState, 'drafts' | 'internalDrafts'> {
    const rows = this.#sql
      // Stored from parsed keys.
      .exec<{ conversation_id: DraftKey; text: string }>('SELECT * FROM draft')
      .toArray();
    const drafts: Record<ConversationId, string> = {};
    const internalDrafts: Record<InternalPlace, string> = {};
    for (const { conversation_id: key, text } of rows) {
      if (isInternal(key)) internalDrafts[key] = text;
      else drafts[key] = text;
    }
    return { drafts, internalDrafts };
  }

  /** A blank text is no draft. */
  keep(key: DraftKey, text: string): Outcome<null> {
    if (isBlank(text)) {
      this.#remove(key);
      return accept(null);
    }
    if (!this.#mayKeep(key)) return refuse('conversation.unknown');
    const others = this.#sql
      .exec<{ count: number; bytes: number }>(
        `SELECT count(*) AS count, coalesce(sum(length(CAST(text AS BLOB))), 0) AS bytes
         FROM draft WHERE conversation_id IS NOT ?`,
        key,
      )
      .one();
    const bytes = others.bytes + new TextEncoder().encode(text).length;
    if (others.count >= MOST_DRAFTS || bytes > MOST_BYTES) return refuse('drafts.full');
    this.#sql.exec('INSERT OR REPLACE INTO draft VALUES (?, ?)', key, text);
    return accept(null);
  }

  /** The conversation is theirs no more: neither a reply nor a note is begun there. */
  forget(conversationId: ConversationId): void {
    this.#remove(conversationId);
    this.#remove(notesIn(conversationId));
  }

  #remove(key: DraftKey): void {
    this.#sql.exec('DELETE FROM draft WHERE conversation_id = ?', key);
  }
}
