// One socket in Parley's protocol, as light as can be: of those who only listen, by the hundred, and of the bare
// object, which speaks as much of the protocol as it needs.

import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { textBody } from '#shared/conversation/body.ts';
import { PING, PONG, PROTOCOL, SUBPROTOCOL } from '#shared/frames.ts';
import { newCommandId } from '#shared/ids.ts';
import { backoffMs } from '#web/lib/live/connection.ts';
import type { Talker } from './contender.ts';
import { eventsOf, type ServerFrame } from './server-frame.ts';

const PING_EVERY_MS = 25_000;
/** As long as a real page waits: it pings after 25 s of silence, and gives up 8 s later. */
const PATIENCE_MS = 33_000;

export class Line implements Talker {
  onText: (text: string) => void = () => {};
  onFrame: (frame: ServerFrame) => void = () => {};
  /** Called when the server closes it, or it breaks. */
  onLost: () => void = () => {};
  readonly #address: string;
  readonly #headers: Record<string, string>;
  readonly #answers = new Map<string, (frame: ServerFrame) => void>();
  readonly #mine = new Set<string>();
  #socket: WebSocket | null = null;
  #pinging: ReturnType<typeof setInterval> | undefined;
  #seq = 0;

  /** Not connected yet. */
  constructor(url: string, path: string, headers: Record<string, string> = {}) {
    this.#address = new URL(path, url.replace(/^http/, 'ws')).href;
    this.#headers = headers;
  }

  /** Connects, and says hello. Without `since` as one who has nothing. */
  async connect(since: number | null = null): Promise<void> {
    const options = { headers: this.#headers, perMessageDeflate: false };
    const socket = new WebSocket(this.#address, SUBPROTOCOL, options);
    socket.on('error', () => {}); // A close follows.
    this.#socket = socket;
    await this.#within(
      new Promise<void>((welcomed, lost) => {
        socket.addEventListener('open', () => {
          this.send({ type: 'hello', protocol: PROTOCOL, since });
        });
        let isWelcome = false;
        socket.addEventListener('close', ({ code }) => {
          lost(new Error(`closed with ${code}`));
          if (isWelcome && socket === this.#socket) this.onLost();
        });
        socket.addEventListener('message', ({ data }: { data: unknown }) => {
          if (typeof data !== 'string' || data === PONG || socket !== this.#socket) return;
          const frame = JSON.parse(data) as ServerFrame; // The benchmark reads only its own servers.
          this.#receive(frame);
          if (frame.type !== 'welcome') return;
          isWelcome = true;
          welcomed();
        });
      }),
    );
    clearInterval(this.#pinging);
    this.#pinging = setInterval(() => socket.send(PING), PING_EVERY_MS);
  }

  /** As the product's client does, with all that was missed. */
  async comeBack(): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      await sleep(backoffMs(attempt));
      try {
        return await this.connect(this.#seq);
      } catch {
        this.drop();
      }
    }
  }

  drop(): void {
    clearInterval(this.#pinging);
    const socket = this.#socket;
    this.#socket = null;
    socket?.terminate();
  }

  leave(): void {
    this.drop();
  }

  send(frame: unknown): void {
    this.#socket?.send(JSON.stringify(frame));
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

  /** Rows for the bare object, which knows no commands but messages. */
  async insert(rows: number): Promise<void> {
    const id = newCommandId();
    const answered = new Promise<ServerFrame>((resolve) => this.#answers.set(id, resolve));
    this.send({ id, rows });
    await this.#within(answered);
    this.#answers.delete(id);
  }

  #command(id: string, command: object): void {
    this.send({ type: 'command', id, after: this.#seq, command });
  }

  #receive(frame: ServerFrame): void {
    this.onFrame(frame);
    const had = this.#seq;
    this.#seq = Math.max(had, frame.upTo ?? (frame.type === 'welcome' ? frame.seq : 0) ?? 0);
    if (frame.id) this.#answers.get(frame.id)?.(frame);
    for (const { type, id, seq, body } of eventsOf(frame)) {
      const isMine = this.#mine.delete(id);
      if (isMine) this.#answers.get(id)?.({ type: 'accepted' });
      if (seq <= had || isMine || type !== 'message.sent' || !body) continue;
      this.onText(body.text);
    }
  }

  async #within<T>(promise: Promise<T>): Promise<T> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('no answer in time')), PATIENCE_MS);
    });
    return Promise.race([promise, late]).finally(() => clearTimeout(timer));
  }
}
