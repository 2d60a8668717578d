// One connection through the proxy: takes the upgrade's head apart, then watches the desk's frames go by.

import type { Socket } from 'node:net';
import { LINE_HEADER } from '../client/link.ts';
import { Flow } from './flow.ts';
import { FrameSplitter, isAcknowledgement } from './frames.ts';
import { Bytes } from './bytes.ts';

const HEAD_END = '\r\n\r\n';

/** What becomes of an acknowledgement. */
export type AckFate = 'pass' | 'drop' | 'twice' | 'cut';

export class Connection {
  /** Whose it is, as its client says in the upgrade's head; 0 for plain HTTP. */
  lineId = 0;
  readonly up: Flow;
  readonly down: Flow;
  readonly #near: Socket;
  readonly #far: Socket;
  readonly #fateOfAck: () => AckFate;
  readonly #splitter = new FrameSplitter();
  #upHead: Buffer | null = Bytes.alloc(0);
  #downHead: Buffer | null = Bytes.alloc(0);

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
    for (const socket of [near, far]) {
      socket.on('error', () => this.cut());
      socket.on('close', () => {
        this.cut();
        ended();
      });
    }
  }

  get isUpgraded(): boolean {
    return this.lineId !== 0 && this.#downHead === null;
  }

  cut(): void {
    this.up.end();
    this.down.end();
    this.#near.destroy();
    this.#far.destroy();
  }

  #upward(chunk: Buffer): void {
    if (this.#upHead === null) return this.up.write(chunk);
    const bytes = Bytes.concat([this.#upHead, chunk]);
    this.#upHead = bytes;
    const end = bytes.indexOf(HEAD_END);
    if (end < 0) return;
    const head = this.#rewritten(bytes.subarray(0, end).toString('latin1'));
    const rest = bytes.subarray(end);
    this.#upHead = null;
    this.up.write(Bytes.concat([Bytes.from(head, 'latin1'), rest]));
  }

  /** Compressed frames could not be read, so none are agreed on. */
  #rewritten(head: string): string {
    const lines = head.split('\r\n').filter((line) => {
      const [name = '', value = ''] = line.toLowerCase().split(': ');
      if (name === LINE_HEADER) this.lineId = Number(value);
      return name !== LINE_HEADER && name !== 'sec-websocket-extensions';
    });
    return lines.join('\r\n');
  }

  #downward(chunk: Buffer): void {
    if (this.lineId === 0) return this.down.write(chunk);
    if (this.#downHead === null) return this.#frames(chunk);
    const bytes = Bytes.concat([this.#downHead, chunk]);
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
      const fate = isAcknowledgement(frame) ? this.#fateOfAck() : 'pass';
      if (fate === 'cut') return this.cut();
      if (fate !== 'drop') this.down.write(frame);
      if (fate === 'twice') this.down.write(frame);
    }
  }
}
