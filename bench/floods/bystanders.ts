// People who talk while others flood, and an agent who comes to work.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Talk } from '../contender.ts';
import type { Parley } from '../parley.ts';

const TALKS = 10;
/** Each of them says something once a second. */
const SAID_PER_SECOND = 10;
const STRAGGLERS_MS = 20_000;

export interface Observed {
  readonly ms: readonly number[];
  readonly lost: number;
}

export class Bystanders {
  readonly #talks: readonly Talk[];
  #said = 0;

  private constructor(talks: readonly Talk[]) {
    this.#talks = talks;
  }

  static async arrive(parley: Parley): Promise<Bystanders> {
    const talks: Talk[] = [];
    for (let index = 0; index < TALKS; index++) talks.push(await parley.talk());
    return new Bystanders(talks);
  }

  /** How long each message takes to the other side while they talk for so long. */
  async talk(seconds: number): Promise<Observed> {
    const sentAt = new Map<string, number>();
    const ms: number[] = [];
    const heard = (text: string) => {
      const at = sentAt.get(text);
      if (at === undefined) return;
      ms.push(performance.now() - at);
      sentAt.delete(text);
    };
    for (const { visitor, agent } of this.#talks) visitor.onText = agent.onText = heard;
    const begun = performance.now();
    for (let index = 0; index < seconds * SAID_PER_SECOND; index++) {
      const due = begun + (index * 1000) / SAID_PER_SECOND;
      if (performance.now() < due) await sleep(due - performance.now());
      const text = `message ${this.#said++}`;
      sentAt.set(text, performance.now());
      this.#talks[index % TALKS]?.visitor.say(text);
    }
    const patience = performance.now() + STRAGGLERS_MS;
    while (sentAt.size > 0 && performance.now() < patience) await sleep(5);
    return { ms, lost: sentAt.size };
  }
}
