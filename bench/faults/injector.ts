// Injects the faults of a run, each kind at its own pace, all by the seed.

import type { Proxy } from '../../tests/support/proxy/proxy.ts';
import type { Random } from '../../tests/support/random.ts';
import { FAULT_NAMES, meanSeconds, type Fault } from './faults.ts';
import type { Stage } from './people/stage.ts';
import type { Actor, ServerControl } from './server/control.ts';
import type { ServerProcess } from './server/process.ts';

export interface InjectorOptions {
  readonly faults: ReadonlySet<Fault>;
  readonly seconds: number;
  readonly random: Random;
  readonly proxy: Proxy;
  readonly server: ServerProcess;
  readonly control: ServerControl;
  readonly stage: Stage;
  readonly agentIds: readonly string[];
  readonly departments: readonly string[];
}

const HOUR_MS = 3_600_000;
const LATENCY_MOST_MS = 30_000;
/** Until someone sends something. */
const HELD_AT_MOST_MS = 1000;
const REORDERED_BY_MOST_MS = 5000;

export class Injector {
  readonly #own = Object.fromEntries(FAULT_NAMES.map((name) => [name, 0])) as Record<Fault, number>;
  readonly #options: InjectorOptions;
  readonly #longestMs: number;
  readonly #broken = Promise.withResolvers<never>();
  #isOver = false;
  #restarting: Promise<void> | null = null;

  constructor(options: InjectorOptions) {
    this.#options = options;
    // Short runs get short pauses: a run must see what comes after them.
    this.#longestMs = Math.min(LATENCY_MOST_MS, options.seconds * 25);
    options.proxy.onAck = (fate) => this.#own[fate === 'twice' ? 'ack-twice' : 'ack-lost']++;
  }

  /** How often each has happened, as far as it is known by now. */
  get counts(): Readonly<Record<Fault, number>> {
    const { control, stage } = this.#options;
    return { ...this.#own, ...control.counts, tabs: stage.secondTabs };
  }

  /** Rejects when a fault can't be injected although the server is up: it has hung. */
  get broken(): Promise<never> {
    return this.#broken.promise;
  }

  async start(): Promise<void> {
    const { faults, seconds } = this.#options;
    if (faults.has('alarm')) await this.#options.control.doubleAlarms(0.5);
    for (const fault of faults) {
      const mean = meanSeconds(fault, seconds);
      if (mean !== null) this.#schedule(fault, mean * 1000);
    }
  }

  /** No more faults; the server is up, and the connections are healed. */
  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#restarting;
    this.#options.proxy.heal();
    await this.#options.control.settle();
  }

  #schedule(fault: Fault, meanMs: number): void {
    // Killing has its own pace: it is counted, so it should not be left to chance.
    const { random } = this.#options;
    const wait = fault === 'kill' ? meanMs * (0.8 + 0.4 * random.next()) : random.wait(meanMs);
    setTimeout(() => {
      if (this.#isOver) return;
      this.#inject(fault).then(() => this.#schedule(fault, meanMs), this.#broken.reject);
    }, wait);
  }

  async #inject(fault: Fault): Promise<void> {
    const { server } = this.#options;
    if (!server.isUp) return;
    const { starts } = server;
    try {
      if (await this.#acts[fault]()) this.#own[fault]++;
    } catch (error) {
      // The server was killed while it was told.
      if (server.isUp && server.starts === starts) throw error;
    }
  }

  /** Each answers whether it has happened; those that are counted where they happen answer false. */
  readonly #acts: Record<Fault, () => boolean | Promise<boolean>> = {
    cut: () => {
      const { random } = this.#options;
      const connection = this.#anyConnection();
      connection?.[random.chance(0.5) ? 'up' : 'down'].cutAfter(random.between(0, 600));
      return connection !== undefined;
    },
    'ack-lost': () => {
      this.#options.proxy.nextAck('cut');
      return false;
    },
    'ack-twice': () => {
      this.#options.proxy.nextAck('twice');
      return false;
    },
    stall: () => {
      const { random } = this.#options;
      const connection = this.#anyConnection();
      connection?.[random.chance(0.5) ? 'up' : 'down'].hold(random.next() * this.#longestMs);
      return connection !== undefined;
    },
    latency: () => {
      const connection = this.#anyConnection();
      // Most connections are a little slow, few are very slow.
      const ms = this.#options.random.next() ** 3 * this.#longestMs;
      connection?.up.delay(ms / 2);
      connection?.down.delay(ms / 2);
      return connection !== undefined;
    },
    reorder: () => this.#reorder(),
    tabs: () => false,
    skew: () => {
      const { random, stage } = this.#options;
      random.pick([...stage.clocks])?.jump((random.next() - 0.5) * 48 * HOUR_MS);
      random.pick([...stage.tabs])?.wake();
      return true;
    },
    kill: async () => {
      await (this.#restarting = this.#kill());
      return true;
    },
    evict: async () => {
      const { random, control } = this.#options;
      const [actor, name] = this.#anyObject();
      if (name === undefined) return false;
      return control.evict(actor, name, random.chance(0.5) ? 'close' : 'hibernate');
    },
    alarm: async () => {
      const { random, stage, agentIds, control } = this.#options;
      const opened = [...stage.tabs].filter(({ store }) => store.state.status !== 'new');
      const conversation = random.pick(opened)?.history.id;
      const agent = random.pick(agentIds);
      if (conversation && random.chance(0.8)) await control.ring('conversation', conversation);
      else if (agent) await control.ring('agent', agent);
      return false;
    },
    d1: async () => {
      const { random, control, seconds } = this.#options;
      await control.failD1(random.next() * Math.min(4000, seconds * 50), random.next());
      return false;
    },
    herd: () => this.#options.proxy.cutAll() > 0,
  };

  #anyConnection() {
    return this.#options.random.pick(this.#options.proxy.sockets);
  }

  #anyObject(): [actor: Actor, name: string | undefined] {
    const { random, stage, agentIds, departments } = this.#options;
    const dice = random.next();
    if (dice < 0.1) return ['department', random.pick(departments)];
    if (dice < 0.3) return ['agent', random.pick(agentIds)];
    return ['conversation', random.pick([...stage.tabs])?.history.id];
  }

  /** What a client sends is held back, then its connection breaks; it comes back, and the old copy arrives. */
  async #reorder(): Promise<boolean> {
    const { random, proxy } = this.#options;
    const open = proxy.sockets.filter(({ isOfConversation }) => isOfConversation);
    if (open.length === 0) return false;
    for (const { up } of open) up.hold(HELD_AT_MOST_MS);
    await Promise.race(open.map(({ up }) => up.holds(HELD_AT_MOST_MS)));
    const chosen = open.find(({ up }) => up.isHolding);
    for (const connection of open) if (connection !== chosen) connection.up.hold(0);
    chosen?.abandon();
    chosen?.up.hold(random.next() * Math.min(REORDERED_BY_MOST_MS, this.#longestMs));
    return chosen !== undefined;
  }

  async #kill(): Promise<void> {
    const { server, control, faults } = this.#options;
    control.remember();
    await server.kill();
    await server.restart();
    if (faults.has('alarm')) await control.doubleAlarms(0.5);
  }
}
