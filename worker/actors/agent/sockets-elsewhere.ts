// An agent's sockets at other objects: at conversations that they have open, and at the queues of departments.

import type { Closing } from '#shared/frames.ts';
import type { AgentId, ConversationId } from '#shared/ids.ts';
import { settingsOf } from '../../io/settings.ts';
import { RENEW_AFTER_MS } from '../parts/sockets.ts';
import type { Slots } from './slots.ts';

interface Deps {
  readonly id: AgentId;
  readonly sql: SqlStorage;
  readonly slots: Slots;
  readonly env: Pick<Env, 'CONVERSATION' | 'DEPARTMENT' | 'settings'>;
}

export class SocketsElsewhere {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** They have opened a conversation. Where they have a slot, that says so already. */
  note(id: ConversationId, now: number): void {
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
      ...this.#conversations().map((one) => env.CONVERSATION.getByName(one).closeAllOf(id, why)),
      ...departments.map((one) => env.DEPARTMENT.getByName(one).closeAllOf(id, why)),
    ]);
  }

  /** Whether it is a conversation that they have, or have opened lately. */
  has(id: ConversationId): boolean {
    return this.#conversations().includes(id);
  }

  #conversations(): ConversationId[] {
    const { sql, slots } = this.#deps;
    const watched = sql
      .exec<{ id: ConversationId }>('SELECT conversation_id AS id FROM watched') // Stored from parsed ids.
      .toArray();
    return [...new Set([...slots.known(), ...watched.map(({ id }) => id)])];
  }
}
