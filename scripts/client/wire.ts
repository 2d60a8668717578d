// One socket as a test or the seed uses it: says hello, gives commands, waits for frames. It works on
// Node's WebSocket and on workerd's alike, and knows only what docs/protocol.md says.

import { PROTOCOL, SUBPROTOCOL } from '#shared/frames.ts';
import { newCommandId, type CommandId } from '#shared/ids.ts';

/** Any frame of the server's; tests look into it with matchers. */
export type Frame = { type: string } & Record<string, unknown>;
type Matches = (frame: Frame) => boolean;

export interface WireOptions {
  readonly headers?: Record<string, string>;
  /** Offered beside Parley's own. */
  readonly subprotocols?: readonly string[];
}

const PATIENCE_MS = 30_000;

export class Wire {
  readonly socket: WebSocket;
  /** Everything received so far, in order. */
  readonly frames: Frame[] = [];
  /** Resolves with the close code. */
  readonly closed: Promise<number>;
  #seq = 0;
  #waiting: { matches: Matches; resolve: (frame: Frame) => void }[] = [];

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.addEventListener('message', ({ data }: { data: unknown }) => {
      if (typeof data === 'string' && data !== 'pong') this.#receive(JSON.parse(data) as Frame);
    });
    this.closed = new Promise((resolve) => {
      socket.addEventListener('close', ({ code }) => resolve(code));
    });
  }

  /** Opens a socket at a path of Parley and says hello. */
  static async open(url: string, path: string, options: WireOptions = {}): Promise<Wire> {
    const wire = await Wire.connect(url, path, options);
    await wire.hello();
    return wire;
  }

  /** Opens a socket at a path of Parley. */
  static async connect(url: string, path: string, options: WireOptions = {}): Promise<Wire> {
    const { headers = {}, subprotocols = [] } = options;
    const address = new URL(path, url.replace(/^http/, 'ws')).href;
    // Node's WebSocket takes headers, of which the standard's type knows nothing.
    const init = { protocols: [SUBPROTOCOL, ...subprotocols], headers } as unknown as string[];
    const socket = new WebSocket(address, init);
    await new Promise<void>((opened, failed) => {
      socket.addEventListener('open', () => opened());
      socket.addEventListener('error', () => failed(new Error(`no socket at ${path}`)));
    });
    return new Wire(socket);
  }

  /** The last `seq` heard of. */
  get seq(): number {
    return this.#seq;
  }

  sendRaw(data: string | ArrayBuffer): void {
    this.socket.send(data);
  }

  send(frame: unknown): void {
    this.sendRaw(JSON.stringify(frame));
  }

  /** Says hello and waits for the welcome. */
  async hello(since: number | null = null): Promise<Frame> {
    const welcome = this.next(({ type }) => type === 'welcome');
    this.send({ type: 'hello', protocol: PROTOCOL, since });
    const shown = this.closed.then((code) => {
      throw new Error(`the server closed the socket with ${code}`);
    });
    shown.catch(() => undefined); // A later close is nobody's business here.
    return Promise.race([welcome, shown]);
  }

  /** Gives a command and waits for its answer. */
  async command(command: object, { id = newCommandId(), after = this.#seq } = {}): Promise<Frame> {
    const answer = this.answer(id);
    this.send({ type: 'command', id, after, command });
    return answer;
  }

  /** Gives a command that must be accepted; throws with the server's words when it is refused. */
  async must(command: { readonly type: string } & Record<string, unknown>): Promise<void> {
    const { type, sentence } = await this.command(command);
    if (type !== 'accepted') throw new Error(`${command.type}: ${String(sentence)}`);
  }

  /** `refused`, or `accepted`: said as such, or by an event that the command has led to. */
  async answer(id: CommandId): Promise<Frame> {
    const isOwn = (events: unknown) => ofCommand(events, id).length > 0;
    const answer = await this.next((frame) => frame['id'] === id || isOwn(frame['events']));
    return answer.type === 'events' ? { type: 'accepted', id, seq: answer['upTo'] } : answer;
  }

  signal(signal: object): void {
    this.send({ type: 'signal', signal });
  }

  /** The first frame from now on that matches; rejects with what came instead. */
  next(matches: Matches): Promise<Frame> {
    const from = this.frames.length;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        const seen = JSON.stringify(this.frames.slice(from));
        reject(new Error(`no such frame within ${PATIENCE_MS} ms; came: ${seen}`));
      }, PATIENCE_MS);
      const done = (frame: Frame) => {
        clearTimeout(timer);
        resolve(frame);
      };
      this.#waiting.push({ matches, resolve: done });
    });
  }

  /** The first frame that matches, heard so far or yet to come. */
  async heard(matches: Matches): Promise<Frame> {
    return this.frames.find(matches) ?? this.next(matches);
  }

  /** Events of a type, heard so far or yet to come. */
  async event(type: string): Promise<Frame> {
    const heard = this.events().find((event) => event.type === type);
    if (heard) return heard;
    await this.next(({ events }) => ofType(events, type).length > 0);
    return this.event(type);
  }

  /** Every event heard, by welcomes and since. */
  events(): Frame[] {
    return this.frames.flatMap(({ events }) => (Array.isArray(events) ? (events as Frame[]) : []));
  }

  close(): void {
    this.socket.close(1000);
  }

  #receive(frame: Frame): void {
    this.frames.push(frame);
    const head = frame['upTo'] ?? frame['seq'];
    if (typeof head === 'number') this.#seq = Math.max(this.#seq, head);
    const met = this.#waiting.filter(({ matches }) => matches(frame));
    this.#waiting = this.#waiting.filter((one) => !met.includes(one));
    for (const { resolve } of met) resolve(frame);
  }
}

const ofCommand = (events: unknown, id: CommandId): Frame[] =>
  Array.isArray(events) ? (events as Frame[]).filter((event) => event['id'] === id) : [];

const ofType = (events: unknown, type: string): Frame[] =>
  Array.isArray(events) ? (events as Frame[]).filter((event) => event.type === type) : [];
