// One socket in Parley's protocol, as light as a load generator's must be. The bare object speaks as much
// of it as it needs.

import { textBody } from '#shared/conversation/body.ts';
import { PING, PONG, PROTOCOL, SUBPROTOCOL } from '#shared/frames.ts';
import { newCommandId } from '#shared/ids.ts';
import { RECEIPT_WITHIN_MS, type Receipt } from '#shared/receipts.ts';
import type { Talker } from './contender.ts';

export interface LineOptions {
  readonly headers?: Record<string, string>;
  /** Offered beside the desk's own. */
  readonly subprotocols?: readonly string[];
  /** Whether it tells receipts, by the rules of the protocol. */
  readonly receipts?: boolean;
}

type Event = { type: string; id: string; seq: number; body?: { text: string } };
export type ServerFrame = {
  type: string;
  id?: string;
  seq?: number;
  upTo?: number;
  events?: Event[];
  sentence?: string;
};

const PING_EVERY_MS = 25_000;
/** As long as a real page waits: it pings after 25 s of silence, and gives up 8 s later. */
const PATIENCE_MS = 33_000;

export class Line implements Talker {
  onText: (text: string) => void = () => {};
  onFrame: (frame: ServerFrame) => void = () => {};
  readonly #address: string;
  readonly #options: LineOptions;
  readonly #answers = new Map<string, (frame: ServerFrame) => void>();
  readonly #mine = new Set<string>();
  #socket: WebSocket | null = null;
  #pinging: ReturnType<typeof setInterval> | undefined;
  #seq = 0;
  /** The last message of the other side that no receipt has told of. */
  #unread: number | null = null;
  #receiptTimer: ReturnType<typeof setTimeout> | undefined;

  /** Not connected yet. */
  constructor(url: string, path: string, options: LineOptions = {}) {
    this.#address = new URL(path, url.replace(/^http/, 'ws')).href;
    this.#options = options;
  }

  /** The last `seq` heard of. */
  get seq(): number {
    return this.#seq;
  }

  /** Connects, and says hello. Without `since` as one who has nothing. */
  async connect(since: number | null = null): Promise<void> {
    const { headers = {}, subprotocols = [] } = this.#options;
    // Node's WebSocket takes headers, of which the standard's type knows nothing.
    const init = { protocols: [SUBPROTOCOL, ...subprotocols], headers } as unknown as string[];
    const socket = new WebSocket(this.#address, init);
    this.#socket = socket;
    await this.#within(
      new Promise<void>((welcomed, lost) => {
        socket.addEventListener('open', () => {
          this.send({ type: 'hello', protocol: PROTOCOL, since });
        });
        socket.addEventListener('close', ({ code }) => lost(new Error(`closed with ${code}`)));
        socket.addEventListener('message', ({ data }: { data: unknown }) => {
          if (typeof data !== 'string' || data === PONG || socket !== this.#socket) return;
          const frame = JSON.parse(data) as ServerFrame; // The benchmark reads only its own servers.
          this.#receive(frame);
          if (frame.type === 'welcome') welcomed();
        });
      }),
    );
    this.#pinging = setInterval(() => socket.send(PING), PING_EVERY_MS);
  }

  resume(): Promise<void> {
    return this.connect(this.#seq);
  }

  drop(): void {
    clearInterval(this.#pinging);
    clearTimeout(this.#receiptTimer);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  send(frame: unknown): void {
    this.#socket?.send(JSON.stringify(frame));
  }

  signal(signal: object): void {
    this.send({ type: 'signal', signal });
  }

  say(text: string): void {
    const id = newCommandId();
    this.#mine.add(id);
    this.#command(id, { type: 'message.send', body: textBody(text) });
  }

  /** Gives a command and waits until it is accepted. */
  async must(command: { readonly type: string } & Record<string, unknown>): Promise<void> {
    const id = newCommandId();
    this.#mine.add(id);
    const answered = new Promise<ServerFrame>((resolve) => this.#answers.set(id, resolve));
    this.#command(id, command);
    const { type, sentence } = await this.#within(answered);
    this.#answers.delete(id);
    if (type !== 'accepted') throw new Error(`${command.type}: ${sentence}`);
  }

  #command(id: string, command: object): void {
    this.send({ type: 'command', id, after: this.#seq, command, receipt: this.#takeReceipt() });
  }

  #receive(frame: ServerFrame): void {
    this.onFrame(frame);
    const had = this.#seq;
    this.#seq = Math.max(had, frame.upTo ?? (frame.type === 'welcome' ? frame.seq : 0) ?? 0);
    if (frame.id) this.#answers.get(frame.id)?.(frame);
    for (const { type, id, seq, body } of frame.events ?? []) {
      const isMine = this.#mine.delete(id);
      if (isMine) this.#answers.get(id)?.({ type: 'accepted' });
      if (seq <= had || isMine || type !== 'message.sent' || !body) continue;
      this.onText(body.text);
      this.#read(seq);
    }
  }

  #read(seq: number): void {
    if (!this.#options.receipts) return;
    this.#unread = seq;
    this.#receiptTimer ??= setTimeout(() => {
      const receipt = this.#takeReceipt();
      if (receipt) this.signal({ type: 'receipt', ...receipt });
    }, RECEIPT_WITHIN_MS);
  }

  /** What travels with the next command. */
  #takeReceipt(): Receipt | undefined {
    clearTimeout(this.#receiptTimer);
    this.#receiptTimer = undefined;
    const seq = this.#unread;
    this.#unread = null;
    return seq === null ? undefined : { delivered: seq, seen: seq };
  }

  async #within<T>(promise: Promise<T>): Promise<T> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('no answer in time')), PATIENCE_MS);
    });
    return Promise.race([promise, late]).finally(() => clearTimeout(timer));
  }
}
