// Where each conversation stands in a department's queue, as its visitor is told.

import type { QueuePlace } from '#shared/conversation/signals.ts';
import type { RosterEntry } from '#shared/department.ts';
import type { AgentId, ConversationId, DepartmentId } from '#shared/ids.ts';
import { limitWithin } from '#shared/settings/policy.ts';
import { settingsOf } from '../../io/settings.ts';
import type { Queue } from './queue.ts';
import { stepsWithin, waitSecondsAt } from './routing.ts';

/** Moves of the queue within this are told together. */
const TELL_AFTER_MS = 500;

interface Surroundings {
  readonly id: DepartmentId;
  readonly env: Env;
  readonly context: DurableObjectState;
  readonly queue: Queue;
  readonly roster: ReadonlyMap<AgentId, RosterEntry>;
}

export class Standings {
  readonly #surroundings: Surroundings;
  /** The position that each visitor was last told. */
  readonly #told = new Map<ConversationId, number>();
  #willTell = false;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** Null for one that does not wait here. Whoever asks tells the visitor. */
  placeOf(id: ConversationId): QueuePlace | null {
    const position = this.#surroundings.queue.positionOf(id);
    if (position === null) return null;
    this.#told.set(id, position);
    return this.#placeAt(position);
  }

  /** It has left the queue. */
  left(id: ConversationId): void {
    this.#told.delete(id);
  }

  /** Soon, and once for many: whoever has moved to the next step learns of it. */
  tellMoves(): void {
    if (this.#willTell) return;
    this.#willTell = true;
    setTimeout(() => {
      this.#willTell = false;
      for (const position of stepsWithin(this.#surroundings.queue.length)) this.#tell(position);
    }, TELL_AFTER_MS);
  }

  #tell(position: number): void {
    const { context, env, queue } = this.#surroundings;
    const id = queue.at(position)?.conversationId;
    if (!id || this.#told.get(id) === position) return;
    this.#told.set(id, position);
    // Lost when it fails: the next move tells anew.
    context.waitUntil(
      env.CONVERSATION.getByName(id)
        .tellPlace(this.#placeAt(position))
        .catch(() => this.#told.delete(id)),
    );
  }

  #placeAt(position: number): QueuePlace {
    const { id, env, roster } = this.#surroundings;
    const limitHere = limitWithin(settingsOf(env), id);
    return { position, waitSeconds: waitSecondsAt(position, roster.values(), limitHere) };
  }
}
