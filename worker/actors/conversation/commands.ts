// How a command is carried out. Whom its decision hangs on is asked first, so that the decision itself waits
// for nobody: between it and its commit nothing else can happen.

import { admissionFor, hopedFor, placeFor, type Asked } from '#shared/conversation/asked.ts';
import type { Command } from '#shared/conversation/commands.ts';
import { decide } from '#shared/conversation/decide.ts';
import type { By, SystemBy } from '#shared/identity.ts';
import type { CommandId, DepartmentId } from '#shared/ids.ts';
import { accept, refuse, type Outcome } from '#shared/refusals.ts';
import { rulesOf } from '#shared/settings/rules-of.ts';
import { admissionTo } from '#shared/admission.ts';
import { settingsOf } from '../../io/settings.ts';
import type { Course, Surroundings } from './course.ts';
import { placesIn } from './effects.ts';

export class Commands {
  readonly #course: Course;
  readonly #surroundings: Surroundings;

  constructor(course: Course, surroundings: Surroundings) {
    this.#course = course;
    this.#surroundings = surroundings;
  }

  /**
   * Answers with the `seq` of the command's last event. A retry gets its first answer.
   * @param after the last `seq` that the client had when he gave the command
   */
  perform(
    command: Command,
    by: By | SystemBy,
    id: CommandId,
    after: number,
  ): Outcome<number> | Promise<Outcome<number>> {
    const stored = this.#answerTo(id, after);
    if (stored) return stored;
    const { state, seq } = this.#course;
    const rules = rulesOf(settingsOf(this.#surroundings.env));
    const hoped: Asked = { by, after, rules, ...hopedFor(state, command, by) };
    const place = placeFor(state, command, by);
    const department = admissionFor(command);
    if (place || department) {
      // Nobody is asked in vain: his answer matters only if the best one would lead to something.
      const verdict = decide(state, command, hoped);
      if (!verdict.ok) return verdict;
      if (verdict.value.length === 0) return accept(seq);
    }
    if (place) return this.#handleWithPlace(place, command, hoped, id);
    if (department) return this.#handleAdmitted(department, command, hoped, id);
    return this.#handle(command, hoped, id);
  }

  /** What a command has already led to; null when it is new. */
  #answerTo(id: CommandId, after: number): Outcome<number> | null {
    // Nobody has written since the command was minted, so it can't be stored: no need to look.
    const seq = after < this.#course.seq ? this.#course.storage.seqOf(id, after) : null;
    return seq === null ? null : accept(seq);
  }

  async #handleWithPlace(
    { agentId, as }: NonNullable<ReturnType<typeof placeFor>>,
    command: Command,
    asked: Asked,
    id: CommandId,
  ): Promise<Outcome<number>> {
    const { state, seq } = this.#course;
    if (state.status === 'new') return refuse('conversation.unknown');
    const { id: conversationId, context, env } = this.#surroundings;
    const agent = env.AGENT.getByName(agentId);
    const { departmentId } = state;
    const place = await agent.reserve({ conversationId, departmentId, as, seq });
    // The other copy of a command that was sent twice may have been handled meanwhile.
    const outcome =
      this.#answerTo(id, asked.after) ?? this.#handle(command, { ...asked, place }, id);
    const isNeeded = placesIn(this.#course.state).has(agentId);
    if (place.ok && !isNeeded) context.waitUntil(agent.cancel(conversationId));
    return outcome;
  }

  async #handleAdmitted(
    departmentId: DepartmentId,
    command: Command,
    asked: Asked,
    id: CommandId,
  ): Promise<Outcome<number>> {
    const { env, now } = this.#surroundings;
    const admission = await admissionTo(departmentId, {
      settings: settingsOf(env),
      now: now(),
      isOnline: (one) => env.DEPARTMENT.getByName(one).isOnline(),
    });
    return this.#answerTo(id, asked.after) ?? this.#handle(command, { ...asked, admission }, id);
  }

  #handle(command: Command, asked: Asked, id: CommandId): Outcome<number> {
    const verdict = decide(this.#course.state, command, asked);
    if (!verdict.ok) return verdict;
    if (verdict.value.length > 0) this.#course.commit(verdict.value, asked.by, id);
    return accept(this.#course.seq);
  }
}
