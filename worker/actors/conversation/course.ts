// The course of a conversation: its log and what it folds to, and the one path on which it goes on. What is
// due, and what the rest of the desk must learn, follow from it.

import type { ConversationEvent, ConversationFact } from '#shared/conversation/events.ts';
import { evolve } from '#shared/conversation/evolve.ts';
import { authorOf } from '#shared/conversation/parties.ts';
import type { Mark, Marks, QueuePlace } from '#shared/conversation/signals.ts';
import type { ConversationSnapshot } from '#shared/conversation/snapshot.ts';
import type { ConversationState } from '#shared/conversation/state.ts';
import { view } from '#shared/conversation/view.ts';
import { SYSTEM, type Audience, type By, type SystemBy } from '#shared/identity.ts';
import { newCommandId, type CommandId, type ConversationId } from '#shared/ids.ts';
import { putUndelivered } from '../../io/undelivered.ts';
import { settingsOf } from '../../io/settings.ts';
import { Alarm } from '../parts/alarm.ts';
import { Outbox } from '../parts/outbox.ts';
import { deadlineOf, type Deadline } from './deadlines.ts';
import { deliver } from './delivery.ts';
import { effectsOf, isTurn, type ConversationEffect } from './effects.ts';
import { advance } from './marks.ts';
import { ConversationStorage, type Fold } from './storage.ts';

/** What surrounds a conversation in its object. */
export interface Surroundings {
  readonly id: ConversationId;
  readonly context: DurableObjectState;
  readonly env: Env;
  readonly now: () => number;
}

interface Listeners {
  /** Events that have just been stored, and the state that they found. */
  readonly onEvents: (events: readonly ConversationEvent[], before: ConversationState) => void;
  /** The department's answer to its queueing. */
  readonly onPlace: (place: QueuePlace) => void;
}

export class Course {
  readonly storage: ConversationStorage;
  readonly #surroundings: Surroundings;
  readonly #listeners: Listeners;
  readonly #outbox: Outbox<ConversationEffect>;
  readonly #alarm: Alarm;
  #fold: Fold;

  constructor(surroundings: Surroundings, listeners: Listeners) {
    const { id, context, env, now } = surroundings;
    this.#surroundings = surroundings;
    this.#listeners = listeners;
    this.storage = new ConversationStorage(context.storage);
    this.#outbox = new Outbox(context.storage.sql, {
      deliver: async (effect) => {
        const place = await deliver(effect, id, this.state, env);
        if (place) listeners.onPlace(place);
      },
      giveUp: (what) =>
        putUndelivered(env.DIRECTORY, {
          ...what,
          actor: 'conversation',
          actorId: id,
          givenUpAt: now(),
        }),
      now,
    });
    this.#alarm = new Alarm(context.storage);
    this.#fold = this.storage.load();
  }

  get seq(): number {
    return this.#fold.seq;
  }

  get state(): ConversationState {
    return this.#fold.state;
  }

  get marks(): Marks {
    return this.#fold.marks;
  }

  headFor(audience: Audience) {
    const { seq, state, marks } = this.#fold;
    return { conversationId: this.#surroundings.id, seq, state: view(state, audience), marks };
  }

  snapshotFor(audience: Audience): ConversationSnapshot {
    return { ...this.headFor(audience), ...this.storage.pageBefore(this.seq + 1, audience) };
  }

  /** Returns whether the mark has moved. */
  hearMark(by: By, mark: Mark): boolean {
    const marks = advance(this.marks, by.kind, mark, this.seq);
    const hasMoved = marks !== this.marks;
    this.#fold = { ...this.#fold, marks };
    return hasMoved;
  }

  saveMarks(): void {
    this.storage.saveMarks(this.#fold);
  }

  /** The single write path: commit, fold, tell everybody, then the rest of the desk. */
  commit(facts: readonly ConversationFact[], by: By | SystemBy, id: CommandId): void {
    const { id: conversationId, context, env, now } = this.#surroundings;
    const before = this.#fold;
    const envelope = { at: now(), id, by: authorOf(by) };
    const events: ConversationEvent[] = facts.map((fact, index) => ({
      ...fact,
      ...envelope,
      seq: before.seq + 1 + index,
    }));
    const state = events.reduce(evolve, before.state);
    if (state.status === 'new') throw new Error('nothing is said before a conversation opens');
    const fold = { ...before, seq: before.seq + events.length, state };
    const effects = effectsOf(conversationId, before.state, state, fold.seq, settingsOf(env));
    const post = effects.length > 0 ? () => this.#outbox.post(effects) : null;
    this.storage.commit(events, fold, isTurn(before.state, state), post);
    this.#fold = fold;
    this.#listeners.onEvents(events, before.state);
    if (effects.length > 0) context.waitUntil(this.settle());
    else this.#watchDeadline();
  }

  /** What follows when the alarm rings: whatever is due, then whatever is still to be delivered. */
  async wake(): Promise<void> {
    this.#alarm.fired();
    const { now } = this.#surroundings;
    for (let due = this.#deadline; due && due.at <= now(); due = this.#deadline) {
      this.commit([due.fact], SYSTEM, newCommandId());
    }
    await this.settle();
  }

  /** Delivers the outbox; the alarm stands by for as long as something is left in it. */
  async settle(): Promise<void> {
    await this.#arm();
    await this.#outbox.drain();
    await this.#arm();
  }

  /** The outbox tries once more what it gave up. */
  async requeue(outboxId: number): Promise<void> {
    this.#outbox.requeue(outboxId);
    await this.settle();
  }

  async #arm(): Promise<void> {
    await this.#alarm.arm(this.#outbox.nextAt(), this.#deadline?.at ?? null);
  }

  /** A deadline that each message moves on: the alarm is left where it is, and looks again when it rings. */
  #watchDeadline(): void {
    const deadline = this.#deadline;
    if (deadline) this.#surroundings.context.waitUntil(this.#alarm.armBy(deadline.at));
  }

  get #deadline(): Deadline | null {
    return deadlineOf(this.state, settingsOf(this.#surroundings.env));
  }
}
