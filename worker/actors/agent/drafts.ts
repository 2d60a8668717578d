// What an agent has begun to write, for their other tabs and devices.

import type { AgentState } from '#shared/agent.ts';
import type { ConversationId } from '#shared/ids.ts';
import { isBlank } from '#shared/text.ts';

export class Drafts {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  all(): AgentState['drafts'] {
    const rows = this.#sql
      .exec<{ conversation_id: string; text: string }>('SELECT * FROM draft')
      .toArray();
    // Stored from parsed ids.
    return Object.fromEntries(rows.map((row) => [row.conversation_id, row.text]));
  }

  /** A blank text is no draft. */
  keep(conversationId: ConversationId, text: string): void {
    if (isBlank(text)) {
      this.#sql.exec('DELETE FROM draft WHERE conversation_id = ?', conversationId);
    } else {
      this.#sql.exec('INSERT OR REPLACE INTO draft VALUES (?, ?)', conversationId, text);
    }
  }
}
