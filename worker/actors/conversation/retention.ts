// What no agent ever took is not kept for ever: some days after its end it is erased, wherever anything of it lies.

import type { ConversationId, DepartmentId } from '#shared/ids.ts';
import { countAudit, type AuditEntry } from '../../io/audit.ts';
import { eraseConversation } from '../../io/conversations.ts';
import { eraseFromSearch } from '../../io/search-index.ts';
import { settingsOf } from '../../io/settings.ts';
import type { Alarm } from '../parts/alarm.ts';
import type { LogSocketState } from '../parts/log-stream.ts';
import type { Sockets } from '../parts/sockets.ts';
import type { ConversationLog } from './log.ts';

const DAY_MS = 86_400_000;
const TRY_AGAIN_MS = 3_600_000;

const ERASED: AuditEntry = {
  action: 'conversation.erased',
  by: { id: null, name: 'Parley' },
  address: null,
};

interface Deps {
  readonly id: ConversationId;
  readonly log: ConversationLog;
  readonly storage: DurableObjectStorage;
  readonly alarm: Pick<Alarm, 'arm'>;
  readonly sockets: Sockets<never, LogSocketState>;
  readonly env: Pick<Env, 'DEPARTMENT' | 'DIRECTORY' | 'SEARCH' | 'settings'>;
  readonly now: () => number;
}

export class Retention {
  readonly #deps: Deps;
  /** Null until it has been looked up. Of one that has ended it changes no more. */
  #wasTaken: boolean | null = null;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** When it is to be erased; null: never, or not yet known. */
  get endsAt(): number | null {
    const { log, env } = this.#deps;
    const { keep_untaken_days: days } = settingsOf(env).limits;
    const { state } = log;
    if (days === 0 || state.status !== 'closed' || state.agent !== null) return null;
    this.#wasTaken ??= this.#findTaken();
    return this.#wasTaken ? null : state.closedAt + days * DAY_MS;
  }

  /** Erases it, if it is time; else answers false. Who still looks at it comes back to nothing. */
  async end(): Promise<boolean> {
    const { id, sockets, alarm, now } = this.#deps;
    if ((this.endsAt ?? Infinity) > now()) return false;
    for (const { socket } of sockets.open()) sockets.close(socket, 'renew');
    await this.#erase().catch(async (error: unknown) => {
      console.error('erasing: will be tried again', id, String(error));
      await alarm.arm(now() + TRY_AGAIN_MS);
    });
    return true;
  }

  /** The log goes last: by it, what has failed is found again. */
  async #erase(): Promise<void> {
    const { id, log, storage, env, now } = this.#deps;
    const { state, seq } = log;
    if (state.status === 'new') return;
    const key = { conversationId: id, visitorId: state.visitor.id };
    const departments = this.#departments().map((one) => env.DEPARTMENT.getByName(one));
    await Promise.all(departments.map((department) => department.forget(key, seq)));
    await eraseFromSearch(env.SEARCH, id);
    await eraseConversation(env.DIRECTORY, id, state.contactId);
    await countAudit(env.DIRECTORY, ERASED, now());
    await storage.deleteAll();
    log.clear();
    this.#wasTaken = null;
  }

  /** An agent had it, and it was returned to the queue. */
  #findTaken(): boolean {
    const { sql } = this.#deps.storage;
    return (
      sql.exec(`SELECT 1 FROM event WHERE body ->> '$.agent' IS NOT NULL LIMIT 1`).next().done !==
      true
    );
  }

  /** All in which it has been. */
  #departments(): DepartmentId[] {
    const found = this.#deps.storage.sql.exec<{ id: DepartmentId }>(
      `SELECT DISTINCT body ->> '$.departmentId' AS id FROM event WHERE body ->> '$.departmentId' IS NOT NULL`,
    );
    return found.toArray().map(({ id }) => id); // Stored from parsed ids.
  }
}
