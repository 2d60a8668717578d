// An agent: watches the queues, takes what waits (with colleagues racing for it) or is given it, answers, passes it
// on, places it on hold, asks colleagues in, and ends it.

import * as v from 'valibot';
import { workspaceBody } from '#shared/api.ts';
import { textBody } from '#shared/conversation/body.ts';
import { conversationSnapshotSchema } from '#shared/conversation/snapshot.ts';
import { SUBPROTOCOL } from '#shared/frames.ts';
import type { ConversationId } from '#shared/ids.ts';
import { AgentStore } from '#web/lib/live/agent-store.svelte.ts';
import { DepartmentStore } from '#web/lib/live/department-store.svelte.ts';
import { Outbox } from '#web/lib/live/outbox.ts';
import { newAddress } from '../../../tests/support/address.ts';
import { BrowserStorage, Page } from '../../client/page.ts';
import { fetchUntilAnswered } from './fetch.ts';
import { anyMove, secretOrNothing } from './moves.ts';
import { PATIENCE_MS, type Stage } from './stage.ts';
import type { Computer, Tab } from './tab.ts';

export interface AgentAccount {
  readonly agentId: string;
  readonly cookie: string;
  readonly departments: readonly string[];
}

/** So many of the first in the queue are tempting; colleagues choose among the same. */
const TEMPTING = 6;
const GOODBYE_AFTER = [4, 10] as const;
/** How often, each time an agent looks up or has written. */
const RESTS = 0.002;
const RESUMES = 0.05;
const MOVES = 0.15;
const LINGERS = 0.3;
const RELOADS = 0.03;

/** The agent's own stream and those of the departments. */
interface Workspace {
  readonly own: AgentStore;
  readonly departments: readonly DepartmentStore[];
}

export class Agent {
  readonly #account: AgentAccount;
  readonly #stage: Stage;
  readonly #computer: Computer;
  readonly #page: Page;
  readonly #atWork = new Map<string, Promise<void>>();
  #workspace: Workspace | null = null;
  #isGone = false;

  constructor(stage: Stage, account: AgentAccount) {
    const { url } = stage.options;
    this.#stage = stage;
    this.#account = account;
    const headers = { origin: url, cookie: account.cookie, ...newAddress() };
    const storage = new BrowserStorage();
    this.#page = new Page({ headers, storage });
    this.#computer = {
      person: account.agentId,
      url,
      headers,
      protocols: [SUBPROTOCOL],
      storage,
      clock: stage.clock(),
    };
    void this.#arrive();
    this.#lookLater();
  }

  /** The network is back. */
  wake(): void {
    this.#page.wake();
  }

  stop(): void {
    this.#isGone = true;
    this.#close();
  }

  /** Resolves when nothing that was begun is left. */
  async finished(): Promise<void> {
    await Promise.all(this.#atWork.values());
  }

  /** Opens the workspace as the server renders it. */
  async #arrive(): Promise<void> {
    const { url, headers, clock } = this.#computer;
    const body = await fetchUntilAnswered(`${url}/api/workspace`, { headers });
    const { agent, departments } = v.parse(workspaceBody, body);
    if (this.#isGone) return;
    clock.run(() => {
      const own = new AgentStore(agent, url, { environment: this.#page });
      own.connect(new Outbox(this.#page.outboxStorage()));
      const watched = departments.map(
        (initial) => new DepartmentStore(initial, url, { environment: this.#page }),
      );
      for (const department of watched) department.connect();
      this.#workspace = { own, departments: watched };
    });
  }

  #close(): void {
    const workspace = this.#workspace;
    this.#workspace = null;
    if (!workspace) return;
    for (const store of [workspace.own, ...workspace.departments]) store.close();
  }

  #lookLater(): void {
    const { random, looksEveryMs } = this.#stage.options;
    setTimeout(() => this.#look(), random.next() * looksEveryMs);
  }

  /** Looks at what waits, at their own conversations, and now and then at a colleague's. Seldom they go. */
  #look(): void {
    if (this.#stage.isClosing) return;
    this.#lookLater();
    const { random, conversationsPerAgent } = this.#stage.options;
    if (this.#workspace?.own.status !== 'open') return;
    const { own, departments } = this.#workspace;
    if (own.availability !== 'available') own.setAvailability('available');
    if (random.chance(RESTS)) return this.#rest();
    for (const { conversationId, as } of own.slots) {
      if (as === 'serving') this.#work(conversationId, () => this.#serve(conversationId, false));
      if (as === 'helping') this.#work(conversationId, () => this.#help(conversationId));
      if (as === 'on-hold' && random.chance(RESUMES)) {
        this.#work(conversationId, () => this.#resume(conversationId));
      }
    }
    const waiting = departments.flatMap(({ queue }) => queue.slice(0, TEMPTING));
    const open = waiting.filter(({ conversationId }) => !this.#atWork.has(conversationId));
    const chosen = random.pick(open)?.conversationId;
    if (chosen === undefined) return;
    // Now and then one more than the limit: the server has to refuse it.
    const isFree = this.#atWork.size < conversationsPerAgent || random.chance(0.02);
    if (isFree) this.#work(chosen, () => this.#serve(chosen, true));
    else if (random.chance(0.01)) this.#work(chosen, () => this.#watch(chosen));
  }

  /** Closes the workspace for longer than the grace period. */
  #rest(): void {
    this.#close();
    setTimeout(() => void this.#arrive(), this.#stage.options.restMs);
  }

  #work(id: string, doing: () => Promise<void>): void {
    if (this.#atWork.has(id)) return;
    this.#atWork.set(
      id,
      doing().finally(() => this.#atWork.delete(id)),
    );
  }

  /** Opens it with what the server has rendered, or (as from a list) with nothing. */
  async #open(conversationId: ConversationId): Promise<Tab | null> {
    const { histories, random } = this.#stage.options;
    const history = histories.get(conversationId);
    if (!history) return null;
    if (random.chance(0.5)) return this.#stage.enter(this.#computer, history);
    const snapshot = await this.#snapshot(conversationId);
    return snapshot && this.#stage.enter(this.#computer, history, snapshot);
  }

  async #snapshot(conversationId: ConversationId) {
    const { url, headers } = this.#computer;
    const path = `/api/conversations/${conversationId}`;
    const body = await fetchUntilAnswered(url + path, { headers });
    return body === null ? null : v.parse(conversationSnapshotSchema, body);
  }

  async #serve(conversationId: ConversationId, take: boolean): Promise<void> {
    const tab = await this.#open(conversationId);
    if (!tab) return;
    if (take && this.#stage.isClosing) return this.#leave(tab);
    if (take) await tab.ask({ type: 'conversation.take' }, PATIENCE_MS);
    else await this.#arrived(tab);
    if (this.#isMine(tab)) await this.#talk(tab);
    await this.#stay(tab, () => this.#isMine(tab));
  }

  /** Was asked in: says something and leaves. */
  async #help(conversationId: ConversationId): Promise<void> {
    const tab = await this.#open(conversationId);
    if (!tab) return;
    await this.#arrived(tab);
    await this.#stage.think();
    const { state } = tab.store;
    const helpers = state.status === 'serving' || state.status === 'held' ? state.helpers : [];
    if (helpers.some(({ id }) => id === this.#account.agentId) && !this.#stage.isClosing) {
      this.#say(tab);
      await tab.ask({ type: 'conversation.leave' }, PATIENCE_MS);
    }
    await this.#leave(tab);
  }

  /** Nobody has written, and they go on by themselves. */
  async #resume(conversationId: ConversationId): Promise<void> {
    const tab = await this.#open(conversationId);
    if (!tab) return;
    await this.#arrived(tab);
    if (tab.store.state.status === 'held' && !this.#stage.isClosing) {
      await tab.ask({ type: 'conversation.resume' }, PATIENCE_MS);
    }
    await this.#leave(tab);
  }

  /** Looks over a colleague's shoulder: hears everything, comments included. */
  async #watch(conversationId: ConversationId): Promise<void> {
    const tab = await this.#open(conversationId);
    if (tab) await this.#stay(tab, () => true);
  }

  async #arrived(tab: Tab): Promise<void> {
    await tab.until(() => tab.store.state.status !== 'new' || tab.isDone, PATIENCE_MS);
  }

  /** Until it has ended, or concerns them no more. */
  async #stay(tab: Tab, concerns: () => boolean): Promise<void> {
    const stage = this.#stage;
    const isDone = () => tab.isDone || stage.isOver || (!concerns() && tab.isAnswered);
    // The visitor may need a while; only once it has ended everything must come.
    const ended = await tab.until(isDone, 4 * PATIENCE_MS);
    tab.record.gaveUp = !ended && !stage.isClosing;
    await this.#linger(tab);
    if (stage.isClosing) await stage.over;
    await tab.readBack();
    stage.leave(tab, { early: !tab.isClosed && !stage.isOver });
  }

  /** Now and then the page stays open: what concerns them no more must not reach it. */
  async #linger(tab: Tab): Promise<void> {
    const { random, thinkMs } = this.#stage.options;
    if (!random.chance(LINGERS)) return;
    await tab.until(() => tab.isDone || this.#stage.isClosing, thinkMs * 20);
  }

  /** As soon as every answer is there. */
  #leave(tab: Tab): Promise<void> {
    return this.#stay(tab, () => false);
  }

  #isMine({ store: { state } }: Tab): boolean {
    return state.status === 'serving' && state.agent.id === this.#account.agentId;
  }

  #mayGoOn(tab: Tab): boolean {
    return this.#isMine(tab) && !tab.isClosed && !this.#stage.isClosing;
  }

  #say(tab: Tab): void {
    const text = `${this.#account.agentId} at ${Date.now()}: ${this.#stage.options.random.uuid()}`;
    tab.write({ type: 'message.send', body: textBody(text) });
  }

  async #talk(tab: Tab): Promise<void> {
    const { random, thinkMs } = this.#stage.options;
    const turns = random.between(...GOODBYE_AFTER);
    for (let turn = 0; turn < turns && this.#mayGoOn(tab); turn++) {
      const isAsked = () => tab.store.events.at(-1)?.by.kind === 'visitor';
      await tab.until(() => isAsked() || tab.isClosed || this.#stage.isClosing, thinkMs * 20);
      tab.store.markSeen();
      await this.#stage.think();
      for (let said = random.between(1, 2); said > 0 && this.#mayGoOn(tab); said--) this.#say(tab);
      if (random.chance(RELOADS)) await this.#reload(tab);
      if (this.#mayGoOn(tab) && random.chance(MOVES)) await this.#move(tab);
    }
    if (!this.#mayGoOn(tab)) return;
    await tab.ask({ type: 'conversation.end', comment: secretOrNothing(random) }, PATIENCE_MS);
  }

  async #reload(tab: Tab): Promise<void> {
    const snapshot = await this.#snapshot(tab.store.id);
    if (snapshot) tab.reload(snapshot);
    await this.#arrived(tab);
  }

  /** Everything else that an agent may do. What the server must refuse is tried, too. */
  async #move(tab: Tab): Promise<void> {
    const { random } = this.#stage.options;
    const command = anyMove(this.#stage.options);
    if (!command || !(await tab.ask(command, PATIENCE_MS))) return;
    // They no longer have it, so it takes no more messages of theirs.
    const isGiven = ['conversation.forward', 'conversation.requeue'].includes(command.type);
    if (isGiven && !tab.isClosed && random.chance(0.3)) this.#say(tab);
    if (command.type !== 'conversation.hold' || random.chance(0.7)) return;
    await this.#stage.think();
    if (tab.store.state.status === 'held' && !this.#stage.isClosing) {
      await tab.ask({ type: 'conversation.resume' }, PATIENCE_MS);
    }
  }
}
