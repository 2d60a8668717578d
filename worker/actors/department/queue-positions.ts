// Where each conversation is in a department's queue, as its visitor is told.

import type { QueuePosition } from '#shared/conversation/signals.ts';
import { QUEUE_IN_SIGHT, type RosterEntry } from '#shared/department.ts';
import type { AgentId, ConversationId, DepartmentId } from '#shared/ids.ts';
import { limitWithin } from '#shared/settings/policy.ts';
import { settingsOf } from '../../io/settings.ts';
import type { ConversationKey, Queue } from './queue.ts';
import { stepsWithin, waitSecondsAt } from './routing.ts';

/** Changes within this are told together. One that is taken meanwhile costs nothing. */
const TELL_AFTER_MS = 500;

interface Deps {
  readonly id: DepartmentId;
  readonly env: Pick<Env, 'CONVERSATION' | 'settings'>;
  readonly context: DurableObjectState;
  readonly queue: Queue;
  readonly roster: ReadonlyMap<AgentId, RosterEntry>;
  /** Whether a conversation is being offered, and so about to leave the queue. */
  readonly isOffered: (id: ConversationId) => boolean;
}

export class QueuePositions {
  readonly #deps: Deps;
  /** The position that each visitor in sight was last told. */
  readonly #told = new Map<ConversationId, number>();
  /** Visitors who are told wherever they are in the queue. */
  readonly #waiting = new Map<ConversationId, ConversationKey>();
  #willTell = false;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** A visitor does not know their position: it has entered the queue, or they have come back. */
  tell(key: ConversationKey): void {
    this.#told.delete(key.conversationId);
    this.#waiting.set(key.conversationId, key);
    this.tellMoves();
  }

  /** It has left the queue. */
  left(id: ConversationId): void {
    this.#told.delete(id);
    this.#waiting.delete(id);
  }

  /** Soon, and once for many: each visitor who has moved to the next step learns of it. */
  tellMoves(): void {
    if (this.#willTell) return;
    this.#willTell = true;
    setTimeout(() => this.#tellAll(), TELL_AFTER_MS);
  }

  #tellAll(): void {
    const { queue } = this.#deps;
    this.#willTell = false;
    // Some may have been pushed back out of sight. Who is told twice has lost nothing.
    if (this.#told.size > 2 * QUEUE_IN_SIGHT) this.#told.clear();
    for (const [id, key] of this.#waiting) this.#send(id, queue.positionOf(key));
    this.#waiting.clear();
    for (const position of stepsWithin(queue.length)) {
      const id = queue.at(position)?.conversationId;
      if (id) this.#send(id, position);
    }
  }

  #send(id: ConversationId, position: number | null): void {
    const { context, env, isOffered } = this.#deps;
    if (position === null || this.#told.get(id) === position || isOffered(id)) return;
    if (position <= QUEUE_IN_SIGHT) this.#told.set(id, position);
    // Lost when it fails: the next move is told again.
    context.waitUntil(
      env.CONVERSATION.getByName(id)
        .sendQueuePosition(this.#at(position))
        .catch(() => this.#told.delete(id)),
    );
  }

  #at(position: number): QueuePosition {
    const { id, env, roster } = this.#deps;
    const limitHere = limitWithin(settingsOf(env), id);
    return { position, waitSeconds: waitSecondsAt(position, roster.values(), limitHere) };
  }
}
