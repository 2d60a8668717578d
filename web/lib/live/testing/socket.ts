// A socket that says what a test has it say.

import type { Socket } from '../environment.ts';

const [CONNECTING, OPEN, CLOSED] = [0, 1, 3];

export class FakeSocket implements Socket {
  readonly url: string;
  readonly protocols: readonly string[];
  /** Frames in the order in which they were sent, pings as they are. */
  readonly sent: unknown[] = [];
  readyState = CONNECTING;
  onopen: Socket['onopen'] = null;
  onmessage: Socket['onmessage'] = null;
  onclose: Socket['onclose'] = null;
  /** Told of each frame, as the server. */
  onSent: (frame: unknown) => void = () => {};
  readonly #mayAct: () => boolean;

  /** @param mayAct false once the page that has opened it is dead */
  constructor(url: string, protocols: readonly string[], mayAct: () => boolean = () => true) {
    this.url = url;
    this.protocols = protocols;
    this.#mayAct = mayAct;
  }

  /** The server has let it in. */
  open(): void {
    if (this.readyState !== CONNECTING) return;
    this.readyState = OPEN;
    this.onopen?.(new Event('open'));
  }

  /** The server says something. */
  hear(frame: unknown): void {
    if (this.readyState !== OPEN) return;
    const data = typeof frame === 'string' ? frame : JSON.stringify(frame);
    this.onmessage?.(new MessageEvent('message', { data }));
  }

  /** The connection is lost, or the server closes it. */
  lose(code = 1006, reason = ''): void {
    if (this.readyState === CLOSED) return;
    this.readyState = CLOSED;
    this.onclose?.(new CloseEvent('close', { code, reason }));
  }

  /** Its page is gone: nobody hears it any more. */
  drop(): void {
    this.readyState = CLOSED;
    this.onopen = this.onmessage = this.onclose = null;
  }

  send(text: string): void {
    if (!this.#mayAct()) return;
    const frame: unknown = text === 'ping' ? text : JSON.parse(text);
    this.sent.push(frame);
    this.onSent(frame);
  }

  close(): void {
    this.readyState = CLOSED;
  }
}
