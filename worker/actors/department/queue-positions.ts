// Where each conversation is in a department's queue, as its visitor is told.

import type { QueuePosition } from '#shared/conversation/signals.ts';
import type { RosterEntry } from '#shared/department.ts';
import type { AgentId, ConversationId, DepartmentId } from '#shared/ids.ts';
import { limitWithin } from '#shared/settings/policy.ts';
import { settingsOf } from '../../io/settings.ts';
import type { Queue } from './queue.ts';
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
  /** The position that each visitor was last told. */
  readonly #told = new Map<ConversationId, number>();
  /** Visitors who are told wherever they are in the queue. */
  readonly #waiting = new Set<ConversationId>();
  #willTell = false;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** A visitor does not know their position: it has entered the queue, or they have come back. */
  tell(id: ConversationId): void {
    this.#told.delete(id);
    this.#waiting.add(id);
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
    setTimeout(() => {
      this.#willTell = false;
      for (const id of this.#waiting) this.#send(id, this.#deps.queue.positionOf(id));
      this.#waiting.clear();
      for (const position of stepsWithin(this.#deps.queue.length)) {
        const id = this.#deps.queue.at(position)?.conversationId;
        if (id) this.#send(id, position);
      }
    }, TELL_AFTER_MS);
  }

  #send(id: ConversationId, position: number | null): void {
    const { context, env, isOffered } = this.#deps;
    if (position === null || this.#told.get(id) === position || isOffered(id)) return;
    this.#told.set(id, position);
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
