// One socket that keeps itself alive: it reconnects with backoff and jitter, notices a dead connection by
// pings, and comes back at once when the page wakes up or the network returns.

import { BUSY_SECONDS, CLOSE_CODES, PING, PONG } from '#shared/frames.ts';
import { browserEnvironment, type Environment, type Socket } from './environment.ts';

/** `ended`: the server closed for a reason that reconnecting cannot mend; its close code says which. */
export type ConnectionStatus = 'connecting' | 'open' | 'waiting' | 'ended';

export interface ConnectionOptions {
  /** Absolute address; http(s) is turned into ws(s). */
  url: string;
  /** Called on each connect, since a visitor's token is renewed now and then. */
  protocols: () => string[];
  /** Called on each connect; what it returns is the first frame sent. */
  hello: () => unknown;
  onFrame: (frame: unknown) => void;
  onStatus: (status: ConnectionStatus, closeCode: number | null) => void;
  environment?: Pick<Environment, 'openSocket' | 'onWake'> | undefined;
}

const FINAL_CODES: readonly number[] = [
  CLOSE_CODES.unauthenticated,
  CLOSE_CODES.forbidden,
  CLOSE_CODES.origin,
  CLOSE_CODES.outdated,
];

const BACKOFF_FIRST_MS = 2_000;
const BACKOFF_MOST_MS = 30_000;
const PING_EVERY_MS = 25_000;
const PONG_WITHIN_MS = 8_000;
const OPEN_WITHIN_MS = 15_000;
/** What a browser says of a line that was lost. */
const ABNORMAL = 1006;
/** `WebSocket.OPEN`; the name is not there where another socket stands in for the browser's. */
const OPEN = 1;

/** Full jitter: sockets that dropped together do not come back together. */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  return random() * Math.min(BACKOFF_MOST_MS, BACKOFF_FIRST_MS * 2 ** attempt);
}

/** After asking for too much: as long as the server says, and up to half as long again, not all at once. */
function busyMs(reason: string): number {
  const seconds = Number(/\d+/.exec(reason)?.[0] ?? BUSY_SECONDS);
  return seconds * 1000 * (1 + Math.random() / 2);
}

export class Connection {
  readonly #options: ConnectionOptions;
  readonly #environment: Pick<Environment, 'openSocket' | 'onWake'>;
  #stopWaking = (): void => {};
  #socket: Socket | null = null;
  #attempt = 0;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  /** Of the next ping, or of the line's end if nothing answers. */
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isAsked = false;
  /** Epoch milliseconds; the server has asked not to come before. */
  #notBefore = 0;
  #closed = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#environment = options.environment ?? browserEnvironment;
  }

  /** Opens the socket and keeps it open. Not while a page is rendered on the server. */
  connect(): void {
    this.#closed = false;
    this.#stopWaking = this.#environment.onWake(() => this.#hurry());
    this.#open();
  }

  /** Sends if the socket is open, and says whether it was. What must arrive is sent again after the next welcome. */
  send(frame: unknown): boolean {
    if (this.#socket?.readyState !== OPEN) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  close(): void {
    this.#closed = true;
    this.#stopWaking();
    this.#abandon();
  }

  #open(): void {
    this.#options.onStatus('connecting', null);
    const { url, protocols } = this.#options;
    const socket = this.#environment.openSocket(url.replace(/^http/, 'ws'), protocols());
    this.#socket = socket;
    this.#giveUpAfter(OPEN_WITHIN_MS);
    socket.onopen = () => {
      this.send(this.#options.hello());
      this.#options.onStatus('open', null);
      this.#pingLater();
    };
    socket.onmessage = ({ data }) => {
      // Any frame proves the line, not only the pong.
      if (this.#isAsked) this.#pingLater();
      if (typeof data !== 'string' || data === PONG) return;
      this.#attempt = 0; // An answer, not a mere open: a server that accepts and drops is backed off.
      this.#options.onFrame(JSON.parse(data));
    };
    socket.onclose = ({ code, reason }) => this.#lost(code, reason);
  }

  #lost(code: number, reason = ''): void {
    this.#abandon();
    if (this.#closed) return;
    if (FINAL_CODES.includes(code)) {
      this.close();
      this.#options.onStatus('ended', code);
      return;
    }
    this.#options.onStatus('waiting', code);
    let delayMs = backoffMs(this.#attempt++);
    if (code === CLOSE_CODES.busy) {
      delayMs = Math.max(delayMs, busyMs(reason));
      this.#notBefore = Date.now() + delayMs;
    }
    this.#retryTimer = setTimeout(() => this.#open(), delayMs);
  }

  /** Drops the socket without waiting for its close, which a half-open line would never answer. */
  #abandon(): void {
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  /** Pings come at their pace whatever else is said: they also tell the server that this end lives. */
  #pingLater(): void {
    clearTimeout(this.#timer);
    this.#isAsked = false;
    this.#timer = setTimeout(() => this.#ping(), PING_EVERY_MS);
  }

  #ping(): void {
    this.#socket?.send(PING);
    this.#isAsked = true;
    this.#giveUpAfter(PONG_WITHIN_MS);
  }

  #giveUpAfter(delayMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#lost(ABNORMAL), delayMs);
  }

  #hurry(): void {
    if (this.#socket?.readyState === OPEN) this.#ping();
    else if (this.#socket === null && Date.now() >= this.#notBefore) {
      clearTimeout(this.#retryTimer);
      this.#open();
    }
  }
}
