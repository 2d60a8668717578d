// An agent: watches his queues, takes what waits (with his colleagues racing him for it), answers and ends.

import { Tab } from '../client/tab.ts';
import { Outbox } from '../client/outbox.ts';
import type { Clock } from '../client/clock.ts';
import type { LineOptions } from '../client/line.ts';
import { OwnStream, QueueStream } from '../client/stream.ts';
import { SECRET } from '../history.ts';
import { phrase } from './visitor.ts';
import type { Stage } from './stage.ts';

export interface AgentAccount {
  readonly agentId: string;
  readonly cookie: string;
  readonly departments: readonly string[];
}

/** So many of the first in the queue are tempting; colleagues choose among the same. */
const TEMPTING = 6;
const GOODBYE_AFTER = [4, 10] as const;

export class Agent {
  readonly account: AgentAccount;
  readonly own: OwnStream;
  readonly queues: readonly QueueStream[];
  readonly stage: Stage;
  readonly #clock: Clock;
  readonly #atWork = new Map<string, Promise<void>>();

  constructor(stage: Stage, account: AgentAccount) {
    this.stage = stage;
    this.account = account;
    this.#clock = stage.clock();
    this.own = new OwnStream(this.#line('/ws/agents/me'));
    this.queues = account.departments.map(
      (id) => new QueueStream(this.#line(`/ws/departments/${id}`)),
    );
    this.#look();
    for (const { line } of [this.own, ...this.queues]) stage.opened(line);
  }

  stop(): void {
    for (const { line } of [this.own, ...this.queues]) line.stop();
  }

  async left(): Promise<void> {
    await Promise.all(this.#atWork.values());
  }

  #line(path: string): LineOptions {
    const who = { cookie: this.account.cookie };
    return { ...this.stage.common(this.#clock), path, who };
  }

  /** Looks at what waits, at what the desk says he holds, and now and then at a colleague's work. */
  #look(): void {
    if (this.stage.isClosing) return;
    const { random, chatsPerAgent, looksEveryMs } = this.stage.options;
    setTimeout(() => this.#look(), random.next() * looksEveryMs);
    if (!this.own.line.isLive) return;
    if (!this.own.isAvailable) this.own.setAvailable(random.uuid(), true);
    for (const id of this.own.held) this.#work(id, () => this.#serve(id, false));
    const waiting = this.queues.flatMap(({ queue }) => [...queue.keys()].slice(0, TEMPTING));
    const chosen = random.pick(waiting.filter((id) => !this.#atWork.has(id)));
    if (chosen === undefined) return;
    // Now and then one more than the limit: the desk has to refuse it.
    const isFree = this.#atWork.size < chatsPerAgent || random.chance(0.02);
    if (isFree) this.#work(chosen, () => this.#serve(chosen, true));
    else if (random.chance(0.01)) this.#work(chosen, () => this.#watch(chosen));
  }

  #work(id: string, doing: () => Promise<void>): void {
    if (this.#atWork.has(id)) return;
    this.#atWork.set(
      id,
      doing().finally(() => this.#atWork.delete(id)),
    );
  }

  #open(conversationId: string): { tab: Tab; outbox: Outbox } | null {
    const { book } = this.stage.options;
    const history = book.find(conversationId);
    if (!history) return null;
    const outbox = new Outbox();
    const line = this.#line(`/ws/conversations/${conversationId}`);
    const person = this.account.agentId;
    return { tab: this.stage.enter(new Tab({ ...line, history, person, outbox })), outbox };
  }

  async #serve(conversationId: string, take: boolean): Promise<void> {
    const opened = this.#open(conversationId);
    if (!opened) return;
    const { tab } = opened;
    if (take) {
      if (this.stage.isClosing) return this.#depart(tab, true);
      const record = tab.give({ type: 'conversation.take' });
      await tab.answered(record, this.stage.patienceMs);
    } else {
      await tab.until(() => tab.state.status !== 'new', this.stage.patienceMs);
    }
    if (this.#isMine(tab)) await this.#talk(tab);
    const wasMine = tab.record.thread.some(
      ({ type, by }) =>
        type === 'conversation.taken' && by.kind === 'agent' && by.id === this.account.agentId,
    );
    await this.#depart(tab, !wasMine);
  }

  /** A colleague who looks over the shoulder: he hears everything, comments included. */
  async #watch(conversationId: string): Promise<void> {
    const opened = this.#open(conversationId);
    if (opened) await this.#depart(opened.tab, false);
  }

  async #depart(tab: Tab, early: boolean): Promise<void> {
    const { stage } = this;
    if (!early) {
      const isDone = () => tab.isDone || stage.isOver;
      // The visitor may take his time; only once it has ended everything must come.
      const ended = await tab.until(isDone, 4 * stage.patienceMs);
      tab.record.gaveUp = !ended && !stage.isClosing;
    }
    if (stage.isClosing) await stage.over;
    stage.leave(tab, { early });
  }

  #isMine(tab: Tab): boolean {
    return tab.state.status === 'serving' && tab.state.agent?.id === this.account.agentId;
  }

  #mayGoOn(tab: Tab): boolean {
    return this.#isMine(tab) && !this.stage.isClosing;
  }

  async #talk(tab: Tab): Promise<void> {
    const { random, thinkMs } = this.stage.options;
    const turns = random.between(...GOODBYE_AFTER);
    for (let turn = 0; turn < turns && this.#mayGoOn(tab); turn++) {
      const isAsked = () => tab.record.thread.at(-1)?.by.kind === 'visitor';
      await tab.until(() => isAsked() || tab.isClosed || this.stage.isClosing, thinkMs * 20);
      await this.stage.think();
      for (let said = random.between(1, 2); said > 0 && this.#mayGoOn(tab); said--) {
        tab.give({ type: 'message.send', text: phrase(random, this.account.agentId, this.#clock) });
      }
    }
    if (!this.#mayGoOn(tab)) return;
    const comment = random.chance(0.5) ? `${SECRET} ${random.uuid()}` : null;
    tab.give({ type: 'conversation.end', comment });
  }
}
