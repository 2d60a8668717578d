// One stream kept alive: hello after each connect, a ping now and then, reconnecting with full jitter.

import type { Random } from '../../../tests/support/random.ts';
import type { Clock, Patience } from './clock.ts';
import type { Credentials, Dial, Link } from './link.ts';
import { FINAL_CODES, PROTOCOL, RENEW } from './protocol.ts';

export interface LineEvents {
  /** What `hello` says. */
  since(): number | null;
  /** Every frame, the welcomes included; `raw` as it came. */
  frame(frame: unknown, raw: string): void;
  /** A command has waited for its answer for too long. */
  overdue(): boolean;
  /** The desk has said that it is of no use to try again. */
  turnedAway(code: number): void;
}

export interface LineOptions {
  readonly dial: Dial;
  readonly path: string;
  readonly who: Credentials;
  readonly clock: Clock;
  readonly patience: Patience;
  readonly random: Random;
}

let lastLineId = 0;

export class Line {
  readonly id = ++lastLineId;
  /** Welcomes after the first one. */
  reconnects = 0;
  readonly #options: LineOptions;
  readonly #events: LineEvents;
  readonly #watch: NodeJS.Timeout;
  #link: Link | null = null;
  #isLive = false;
  #isStopped = false;
  #wasLive = false;
  #tries = 0;
  #pingedAt = 0;
  /** Nothing has come since the last ping. */
  #isAsked = false;
  #retry: NodeJS.Timeout | undefined;

  constructor(options: LineOptions, events: LineEvents) {
    this.#options = options;
    this.#events = events;
    this.#watch = setInterval(() => this.#listen(), options.patience.pingEveryMs / 5);
    this.#connect();
  }

  /** Welcomed, and so allowed to speak. */
  get isLive(): boolean {
    return this.#isLive;
  }

  send(frame: object): void {
    if (this.#isLive) this.#link?.send(JSON.stringify(frame));
  }

  /** Hangs up and dials anew at once. */
  reconnect(): void {
    this.rest(0);
  }

  /** Dials anew without hanging up: what was sent on the old socket may still arrive. */
  abandon(): void {
    this.#drop();
    this.#again(0);
  }

  /** Hangs up, and dials anew after a while. */
  rest(ms: number): void {
    this.#drop()?.close();
    this.#again(ms);
  }

  stop(): void {
    this.#isStopped = true;
    clearInterval(this.#watch);
    clearTimeout(this.#retry);
    this.#drop()?.close();
  }

  #connect(): void {
    const { dial, path, who, clock } = this.#options;
    this.#pingedAt = clock.now();
    this.#isAsked = false;
    // What an old socket still says is not listened to.
    const isCurrent = () => this.#link === link && !this.#isStopped;
    const link = dial(path, who, this.id, {
      opened: () => {
        if (!isCurrent()) return;
        const since = this.#events.since();
        link.send(JSON.stringify({ type: 'hello', protocol: PROTOCOL, since }));
      },
      text: (data) => isCurrent() && this.#hear(data),
      closed: (code) => isCurrent() && this.#closed(code),
    });
    this.#link = link;
  }

  #hear(data: string): void {
    this.#isAsked = false;
    this.#tries = 0;
    if (data === 'pong') return;
    const frame = JSON.parse(data) as { type: string };
    if (frame.type === 'welcome') {
      this.#isLive = true;
      if (this.#wasLive) this.reconnects++;
      this.#wasLive = true;
    }
    this.#events.frame(frame, data);
  }

  #closed(code: number): void {
    this.#drop();
    if (FINAL_CODES.includes(code)) {
      this.stop();
      return this.#events.turnedAway(code);
    }
    const { backoffFirstMs, backoffMostMs } = this.#options.patience;
    const ceiling = Math.min(backoffMostMs, backoffFirstMs * 2 ** this.#tries++);
    this.#again(code === RENEW ? 0 : this.#options.random.next() * ceiling);
  }

  /** A clock that has jumped, in whichever direction, only makes the client ask whether the line lives. */
  #listen(): void {
    if (!this.#link) return;
    if (this.#isLive && this.#events.overdue()) return this.reconnect();
    const { clock, patience } = this.#options;
    const sincePing = Math.abs(clock.now() - this.#pingedAt);
    if (this.#isAsked && sincePing > patience.pongMs) return this.reconnect();
    if (sincePing < patience.pingEveryMs) return;
    this.#pingedAt = clock.now();
    this.#isAsked = true;
    this.#link.send('ping');
  }

  #drop(): Link | null {
    const link = this.#link;
    this.#link = null;
    this.#isLive = false;
    return link;
  }

  #again(delayMs: number): void {
    if (this.#isStopped) return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#connect(), delayMs);
  }
}
