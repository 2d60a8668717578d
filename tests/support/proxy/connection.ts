// One connection through the proxy: takes the head of an upgrade apart, then watches the server's frames go by.

import type { Socket } from 'node:net';
import { Flow } from './flow.ts';
import { FrameSplitter, isAcknowledgement } from './frames.ts';

const HEAD_END = '\r\n\r\n';

/** What becomes of an acknowledgement; `cut`: the connection breaks before it. */
export type AckFate = 'pass' | 'twice' | 'cut';

export class Connection {
  /** Towards the server, and towards the client. */
  readonly up: Flow;
  readonly down: Flow;
  readonly #near: Socket;
  readonly #far: Socket;
  readonly #fateOfAck: () => AckFate;
  readonly #splitter = new FrameSplitter();
  #upHead: Buffer | null = Buffer.alloc(0);
  #downHead: Buffer | null = Buffer.alloc(0);
  /** Of the upgrade; null for plain HTTP. */
  #socketPath: string | null = null;
  #isAbandoned = false;

  constructor(near: Socket, far: Socket, fateOfAck: () => AckFate, ended: () => void) {
    this.#near = near;
    this.#far = far;
    this.#fateOfAck = fateOfAck;
    this.up = new Flow(far, () => this.cut());
    this.down = new Flow(near, () => this.cut());
    near.setNoDelay(true);
    far.setNoDelay(true);
    near.on('data', (chunk: Buffer) => this.#upward(chunk));
    far.on('data', (chunk: Buffer) => this.#downward(chunk));
    near.on('close', () => this.#isAbandoned || this.cut());
    far.on('close', () => {
      this.cut();
      ended();
    });
    for (const socket of [near, far]) socket.on('error', () => socket.destroy());
  }

  /** It carries frames by now. */
  get isUpgraded(): boolean {
    return this.#socketPath !== null && this.#downHead === null;
  }

  get isOfConversation(): boolean {
    return this.#socketPath?.startsWith('/ws/conversations/') ?? false;
  }

  cut(): void {
    this.up.end();
    this.down.end();
    this.#near.destroy();
    this.#far.destroy();
  }

  /** Breaks for the client alone: what was held back on its way up arrives when it is due. */
  abandon(): void {
    this.#isAbandoned = true;
    this.down.end();
    this.#near.destroy();
    this.up.onceEmpty(() => this.#far.end());
  }

  #upward(chunk: Buffer): void {
    if (this.#upHead === null) return this.up.write(chunk);
    const bytes = Buffer.concat([this.#upHead, chunk]);
    this.#upHead = bytes;
    const end = bytes.indexOf(HEAD_END);
    if (end < 0) return;
    const head = this.#rewritten(bytes.subarray(0, end).toString('latin1'));
    const rest = bytes.subarray(end);
    this.#upHead = null;
    this.up.write(Buffer.concat([Buffer.from(head, 'latin1'), rest]));
  }

  /** Compressed frames could not be read, so none are agreed on. */
  #rewritten(head: string): string {
    if (!/^upgrade: websocket$/im.test(head.replaceAll('\r', ''))) return head;
    this.#socketPath = head.split(' ')[1] ?? '';
    const isKept = (line: string) => !/^sec-websocket-extensions:/i.test(line);
    return head.split('\r\n').filter(isKept).join('\r\n');
  }

  #downward(chunk: Buffer): void {
    if (this.#isAbandoned) return;
    if (this.#socketPath === null) return this.down.write(chunk);
    if (this.#downHead === null) return this.#frames(chunk);
    const bytes = Buffer.concat([this.#downHead, chunk]);
    this.#downHead = bytes;
    const end = bytes.indexOf(HEAD_END);
    if (end < 0) return;
    const [head, rest] = [bytes.subarray(0, end + 4), bytes.subarray(end + 4)];
    this.down.write(head);
    // What follows a refused upgrade is a body; the client closes, so it may pass as it is.
    if (!head.includes(' 101 ')) return void this.down.write(rest);
    this.#downHead = null;
    this.#frames(rest);
  }

  #frames(chunk: Buffer): void {
    for (const frame of this.#splitter.push(chunk)) {
      const fate = this.isOfConversation && isAcknowledgement(frame) ? this.#fateOfAck() : 'pass';
      if (fate === 'cut') return this.cut();
      this.down.write(frame);
      if (fate === 'twice') this.down.write(frame);
    }
  }
}
