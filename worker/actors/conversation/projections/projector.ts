// Reads a conversation's log on behalf of its projections, each from its own cursor. A projection may read the same
// events twice, never fewer than all of them.

import type { ConversationEvent } from '#shared/conversation/events.ts';
import type { OpenedConversation } from '#shared/conversation/state.ts';
import type { ConversationId } from '#shared/ids.ts';
import type { ConversationLog } from '../log.ts';

/** What a projection is given to read. */
export interface ProjectionBatch {
  readonly conversationId: ConversationId;
  /** In order, gapless from the cursor on. */
  readonly events: readonly ConversationEvent[];
  /** As it is now, which may be later than the last of the events. */
  readonly state: OpenedConversation;
  /** Of the last event that led to `state`. */
  readonly seq: number;
  /** Whether what was derived of the conversation before is to be forgotten. */
  readonly isAnew: boolean;
}

/** Something derived from the log. It takes the same batch twice without harm. */
export type Projection = (batch: ProjectionBatch, env: ProjectionEnv) => Promise<void>;
export type ProjectionEnv = Pick<Env, 'DIRECTORY' | 'SEARCH'>;

const BATCH = 500;

export class Projector {
  readonly #id: ConversationId;
  readonly #log: ConversationLog;
  readonly #projections: Readonly<Record<string, Projection>>;
  readonly #env: ProjectionEnv;
  /** The last run of each. */
  readonly #runs = new Map<string, Promise<void>>();

  constructor(
    id: ConversationId,
    log: ConversationLog,
    projections: Readonly<Record<string, Projection>>,
    env: ProjectionEnv,
  ) {
    this.#id = id;
    this.#log = log;
    this.#projections = projections;
    this.#env = env;
  }

  /** Brings projections up to the end of the log, all of them or some. One that fails does not hold up the others. */
  async run(names: readonly string[] = Object.keys(this.#projections)): Promise<void> {
    const results = await Promise.allSettled(names.map((name) => this.#project(name)));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  }

  /** Derives one projection again, from the beginning of the log. */
  async rebuild(name: string): Promise<void> {
    await this.#runs.get(name)?.catch(() => undefined);
    this.#log.moveCursor(name, 0);
    await this.#project(name, true);
  }

  /** One run of a projection after the other: what the first has read, the second does not read again. */
  #project(name: string, isAnew = false): Promise<void> {
    const earlier = this.#runs.get(name)?.catch(() => undefined);
    const readOn = () => this.#readOn(name, isAnew);
    const run = earlier ? earlier.then(readOn) : readOn();
    this.#runs.set(name, run);
    return run;
  }

  async #readOn(name: string, isAnew: boolean): Promise<void> {
    const project = this.#projections[name];
    if (!project) throw new Error(`there is no projection ${name}`);
    // What is said meanwhile has its own time: to go on with it would write as often as somebody speaks.
    const upTo = this.#log.seq;
    for (let isFirst = true; this.#log.cursorOf(name) < upTo; isFirst = false) {
      const { state, seq } = this.#log;
      const events = this.#log.readAfter(this.#log.cursorOf(name), BATCH);
      const last = events.at(-1);
      if (!last || state.status === 'new') return;
      const batch = { conversationId: this.#id, events, state, seq, isAnew: isAnew && isFirst };
      await project(batch, this.#env);
      this.#log.moveCursor(name, last.seq);
    }
  }
}
