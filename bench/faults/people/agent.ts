// An agent: watches his queues, takes what waits (with his colleagues racing him for it) or is given it,
// answers, passes it on, places it on hold, asks colleagues in, and ends it.

import { Tab } from '../client/tab.ts';
import { Outbox } from '../client/outbox.ts';
import type { Clock } from '../client/clock.ts';
import type { LineOptions } from '../client/line.ts';
import type { Command } from '../client/protocol.ts';
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
/** How often, each time he looks up or has written. */
const RESTS = 0.002;
const RESUMES = 0.05;
const MOVES = 0.15;
const LINGERS = 0.3;

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

  /** Looks at what waits, at what the desk says he holds, and now and then at a colleague's work. Seldom he goes. */
  #look(): void {
    if (this.stage.isClosing) return;
    const { random, chatsPerAgent, looksEveryMs, restMs } = this.stage.options;
    setTimeout(() => this.#look(), random.next() * looksEveryMs);
    if (!this.own.line.isLive) return;
    if (!this.own.isAvailable) this.own.setAvailable(random.uuid(), true);
    if (random.chance(RESTS)) return this.own.line.rest(restMs);
    for (const [id, as] of this.own.places) {
      if (as === 'serving') this.#work(id, () => this.#serve(id, false));
      if (as === 'helping') this.#work(id, () => this.#help(id));
      if (as === 'on-hold' && random.chance(RESUMES)) this.#work(id, () => this.#resume(id));
    }
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

  #open(conversationId: string): Tab | null {
    const { book } = this.stage.options;
    const history = book.find(conversationId);
    if (!history) return null;
    const line = this.#line(`/ws/conversations/${conversationId}`);
    const person = this.account.agentId;
    return this.stage.enter(new Tab({ ...line, history, person, outbox: new Outbox() }));
  }

  async #serve(conversationId: string, take: boolean): Promise<void> {
    const tab = this.#open(conversationId);
    if (!tab) return;
    if (take && this.stage.isClosing) return this.#leave(tab);
    if (take) await this.#ask(tab, { type: 'conversation.take' });
    else await this.#arrived(tab);
    if (this.#isMine(tab)) await this.#talk(tab);
    await this.#stay(tab, () => this.#isMine(tab));
  }

  /** He was asked in: says something and leaves. */
  async #help(conversationId: string): Promise<void> {
    const tab = this.#open(conversationId);
    if (!tab) return;
    await this.#arrived(tab);
    await this.stage.think();
    const isHelper = () =>
      tab.state.helpers?.some(({ id }) => id === this.account.agentId) ?? false;
    if (isHelper() && !this.stage.isClosing) {
      this.#say(tab);
      await this.#ask(tab, { type: 'conversation.leave' });
    }
    await this.#leave(tab);
  }

  /** Nobody has written, and he goes on by himself. */
  async #resume(conversationId: string): Promise<void> {
    const tab = this.#open(conversationId);
    if (!tab) return;
    await this.#arrived(tab);
    if (tab.state.status === 'held' && !this.stage.isClosing) {
      await this.#ask(tab, { type: 'conversation.resume' });
    }
    await this.#leave(tab);
  }

  /** A colleague who looks over the shoulder: he hears everything, comments included. */
  async #watch(conversationId: string): Promise<void> {
    const tab = this.#open(conversationId);
    if (tab) await this.#stay(tab, () => true);
  }

  async #arrived(tab: Tab): Promise<void> {
    const isHere = () => tab.state.status !== 'new' || tab.isDone;
    await tab.until(isHere, this.stage.patienceMs);
  }

  async #ask(tab: Tab, command: Command): Promise<boolean> {
    const record = tab.give(command);
    await tab.answered(record, this.stage.patienceMs);
    return record.refused.length === 0;
  }

  /** Until it has ended, or concerns him no more. */
  async #stay(tab: Tab, concerns: () => boolean): Promise<void> {
    const { stage } = this;
    const isDone = () => tab.isDone || stage.isOver || (!concerns() && tab.outbox.isEmpty);
    // The visitor may take his time; only once it has ended everything must come.
    const ended = await tab.until(isDone, 4 * stage.patienceMs);
    tab.record.gaveUp = !ended && !stage.isClosing;
    await this.#linger(tab);
    if (stage.isClosing) await stage.over;
    stage.leave(tab, { early: !tab.isClosed && !stage.isOver });
  }

  /** Now and then his page stays open: what concerns him no more must not reach it. */
  async #linger(tab: Tab): Promise<void> {
    const { random, thinkMs } = this.stage.options;
    if (!random.chance(LINGERS)) return;
    await tab.until(() => tab.isDone || this.stage.isClosing, thinkMs * 20);
  }

  /** As soon as he has his answers. */
  #leave(tab: Tab): Promise<void> {
    return this.#stay(tab, () => false);
  }

  #isMine(tab: Tab): boolean {
    return tab.state.status === 'serving' && tab.state.agent?.id === this.account.agentId;
  }

  #mayGoOn(tab: Tab): boolean {
    return this.#isMine(tab) && !tab.isClosed && !this.stage.isClosing;
  }

  #say(tab: Tab): void {
    const { random } = this.stage.options;
    tab.give({
      type: 'message.send',
      body: { text: phrase(random, this.account.agentId, this.#clock), files: [] },
    });
  }

  async #talk(tab: Tab): Promise<void> {
    const { random, thinkMs } = this.stage.options;
    const turns = random.between(...GOODBYE_AFTER);
    for (let turn = 0; turn < turns && this.#mayGoOn(tab); turn++) {
      const isAsked = () => tab.record.thread.at(-1)?.by.kind === 'visitor';
      await tab.until(() => isAsked() || tab.isClosed || this.stage.isClosing, thinkMs * 20);
      await this.stage.think();
      for (let said = random.between(1, 2); said > 0 && this.#mayGoOn(tab); said--) this.#say(tab);
      if (this.#mayGoOn(tab) && random.chance(MOVES)) await this.#move(tab);
    }
    if (!this.#mayGoOn(tab)) return;
    tab.give({ type: 'conversation.end', comment: this.#secret(0.5) });
  }

  /** Whatever an agent may do beside writing. What the desk must refuse is tried, too. */
  async #move(tab: Tab): Promise<void> {
    const { random, colleagues, departments } = this.stage.options;
    const agentId = random.pick(colleagues) ?? '';
    const departmentId = random.pick(departments) ?? '';
    const comment = this.#secret(0.5);
    const topic = `${SECRET} ${random.uuid()}`;
    const command = random.pick<Command>([
      { type: 'conversation.forward', to: { kind: 'agent', agentId }, comment },
      { type: 'conversation.forward', to: { kind: 'department', departmentId }, comment },
      { type: 'conversation.requeue' },
      { type: 'conversation.hold' },
      { type: 'conversation.hold' },
      { type: 'agent.invite', agentId },
      { type: 'details.set', topic, priority: random.chance(0.5) ? 'urgent' : 'low' },
    ]);
    if (!command || !(await this.#ask(tab, command))) return;
    // What he has given away takes no more words of his.
    const isGiven = ['conversation.forward', 'conversation.requeue'].includes(command.type);
    if (isGiven && !tab.isClosed && random.chance(0.3)) this.#say(tab);
    if (command.type !== 'conversation.hold' || random.chance(0.7)) return;
    await this.stage.think();
    if (tab.state.status === 'held' && !this.stage.isClosing) {
      await this.#ask(tab, { type: 'conversation.resume' });
    }
  }

  #secret(probability: number): string | null {
    const { random } = this.stage.options;
    return random.chance(probability) ? `${SECRET} ${random.uuid()}` : null;
  }
}
