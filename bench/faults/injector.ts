// Injects the faults of a run, each kind at its own pace, all by the seed.

import type { Actor, DeskControl } from './desk/control.ts';
import type { DeskProcess } from './desk/process.ts';
import type { Stage } from './people/stage.ts';
import type { Proxy } from './proxy/proxy.ts';
import type { Random } from '../../tests/support/random.ts';
import { FAULT_NAMES, meanSeconds, type Fault } from './faults.ts';

interface InjectorOptions {
  readonly faults: ReadonlySet<Fault>;
  readonly seconds: number;
  readonly random: Random;
  readonly proxy: Proxy;
  readonly desk: DeskProcess;
  readonly control: DeskControl;
  readonly stage: Stage;
  readonly agentIds: readonly string[];
  readonly departments: readonly string[];
}

const HOUR_MS = 3_600_000;
const LATENCY_MOST_MS = 30_000;

export class Injector {
  readonly counts = Object.fromEntries(FAULT_NAMES.map((name) => [name, 0])) as Record<
    Fault,
    number
  >;
  readonly #options: InjectorOptions;
  readonly #longestMs: number;
  readonly #broken = Promise.withResolvers<never>();
  #isOver = false;
  #restarting: Promise<void> | null = null;

  constructor(options: InjectorOptions) {
    this.#options = options;
    // Short runs get short pauses: a run must see what comes after them.
    this.#longestMs = Math.min(LATENCY_MOST_MS, options.seconds * 25);
    options.proxy.onAck = (fate) => this.counts[fate === 'twice' ? 'ack-twice' : 'ack-lost']++;
  }

  /** Rejects when a fault can't be injected although the desk is up: it has hung. */
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

  /** No more faults; the desk is up, and the lines are healed. */
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
    const { desk } = this.#options;
    if (!desk.isUp) return;
    const { starts } = desk;
    try {
      if (await this.#acts[fault]()) this.counts[fault]++;
    } catch (error) {
      // The desk was killed under the hand that steered it.
      if (desk.isUp && desk.starts === starts) throw error;
    }
  }

  /** Each answers whether it has happened; those that are counted where they happen answer false. */
  readonly #acts: Record<Fault, () => boolean | Promise<boolean>> = {
    cut: () => {
      const { random, proxy } = this.#options;
      const connection = proxy.any();
      connection?.[random.chance(0.5) ? 'up' : 'down'].cutAfter(random.between(0, 600));
      return connection !== undefined;
    },
    'ack-lost': () => {
      this.#options.proxy.nextAck(this.#options.random.chance(0.5) ? 'drop' : 'cut');
      return false;
    },
    'ack-twice': () => {
      this.#options.proxy.nextAck('twice');
      return false;
    },
    stall: () => {
      const { random, proxy } = this.#options;
      const connection = proxy.any();
      connection?.[random.chance(0.5) ? 'up' : 'down'].hold(random.next() * this.#longestMs);
      return connection !== undefined;
    },
    latency: () => {
      const { random, proxy } = this.#options;
      const connection = proxy.any();
      // Most lines are a little slow, few are very slow.
      const ms = random.next() ** 3 * this.#longestMs;
      connection?.up.delay(ms / 2);
      connection?.down.delay(ms / 2);
      return connection !== undefined;
    },
    reorder: () => this.#reorder(),
    tabs: () => false,
    skew: () => {
      const { random, stage } = this.#options;
      random.pick([...stage.clocks])?.jump((random.next() - 0.5) * 48 * HOUR_MS);
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
      const opened = [...stage.tabs].filter(({ state }) => state.status !== 'new');
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

  #anyObject(): [actor: Actor, name: string | undefined] {
    const { random, stage, agentIds, departments } = this.#options;
    const dice = random.next();
    if (dice < 0.1) return ['department', random.pick(departments)];
    if (dice < 0.3) return ['agent', random.pick(agentIds)];
    return ['conversation', random.pick([...stage.tabs])?.history.id];
  }

  /** What the client sends is held back; it dials anew and says it again, and then the old copy arrives. */
  async #reorder(): Promise<boolean> {
    const { random, stage, proxy } = this.#options;
    const tab = random.pick([...stage.tabs].filter(({ line }) => line.isLive));
    const old = tab && proxy.ofLine(tab.line.id)[0];
    if (!tab || !old) return false;
    const heldMs = Math.min(3000, this.#longestMs);
    old.up.hold(heldMs);
    await new Promise((waited) => setTimeout(waited, random.next() * heldMs));
    if (tab.line.isLive) tab.line.abandon();
    setTimeout(() => old.cut(), heldMs + 1000);
    return true;
  }

  async #kill(): Promise<void> {
    const { desk, control, faults } = this.#options;
    await control.remember();
    await desk.kill();
    await desk.restart();
    if (faults.has('alarm')) await control.doubleAlarms(0.5);
  }
}
