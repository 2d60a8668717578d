// An agent's sockets at other objects: at conversations and direct chats that they have open, and at the queues of
// departments.

import { isPairId, participantsOf, type PairId } from '#shared/direct-chat/pair.ts';
import type { Closing } from '#shared/frames.ts';
import type { AgentId, ConversationId } from '#shared/ids.ts';
import { isInternal, readPlace, type DraftKey } from '#shared/internal-drafts.ts';
import { settingsOf } from '../../io/settings.ts';
import { RENEW_AFTER_MS } from '../parts/sockets.ts';
import type { Slots } from './slots.ts';

/** A conversation, or a direct chat. */
export type OpenedId = ConversationId | PairId;

interface Deps {
  readonly id: AgentId;
  readonly sql: SqlStorage;
  readonly slots: Slots;
  readonly env: Pick<Env, 'CONVERSATION' | 'DEPARTMENT' | 'DIRECT_CHAT' | 'settings'>;
}

export class SocketsElsewhere {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** They have opened it. Where they have a slot, that says so already. */
  note(id: OpenedId, now: number): void {
    const { sql, slots } = this.#deps;
    if (slots.all().some(({ conversationId }) => conversationId === id)) return;
    sql.exec('DELETE FROM watched WHERE until < ?', now);
    sql.exec('INSERT OR REPLACE INTO watched VALUES (?, ?)', id, now + RENEW_AFTER_MS);
  }

  /** Closes them. Each is tried, whatever becomes of the others. */
  async close(why: Closing): Promise<void> {
    const { id, env } = this.#deps;
    const departments = settingsOf(env).departments.map((department) => department.id);
    await Promise.all([
      ...this.#opened().map((one) =>
        isPairId(one)
          ? env.DIRECT_CHAT.getByName(one).closeAllOf(id, why)
          : env.CONVERSATION.getByName(one).closeAllOf(id, why),
      ),
      ...departments.map((one) => env.DEPARTMENT.getByName(one).closeAllOf(id, why)),
    ]);
  }

  /** Whether they may write there: a direct chat of theirs, or a conversation that they have, or have opened lately. */
  mayWrite(key: DraftKey): boolean {
    const place = isInternal(key)
      ? readPlace(key)
      : ({ kind: 'reply', conversationId: key } as const);
    if (place === null) return false;
    if (place.kind === 'direct') return participantsOf(place.pairId).includes(this.#deps.id);
    return this.#opened().includes(place.conversationId);
  }

  #opened(): OpenedId[] {
    const { sql, slots } = this.#deps;
    const watched = sql
      // Stored from parsed ids.
      .exec<{ id: OpenedId }>('SELECT conversation_id AS id FROM watched')
      .toArray();
    return [...new Set([...slots.known(), ...watched.map(({ id }) => id)])];
  }
}
