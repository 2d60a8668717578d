// The least that a client of the desk's sockets can be: it sends one command at a time and awaits its answer.

import * as v from 'valibot';
import { PROTOCOL, SUBPROTOCOL } from '#shared/frames.ts';
import { newCommandId } from '#shared/ids.ts';

// Only what is read here; the whole protocol is in shared/frames.ts.
const frameSchema = v.looseObject({
  type: v.string(),
  id: v.optional(v.nullable(v.string())),
  seq: v.optional(v.number()),
  sentence: v.optional(v.string()),
});
type Frame = v.InferOutput<typeof frameSchema>;

const PATIENCE_MS = 10_000;

interface SocketOptions {
  readonly headers?: Record<string, string>;
  /** Offered beside the desk's own. */
  readonly subprotocols?: readonly string[];
}

export class LiveSocket {
  readonly #socket: WebSocket;
  #seq = 0;
  #waiting: ((frame: Frame) => boolean) | null = null;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => {
      const frame = v.parse(v.pipe(v.string(), v.parseJson(), frameSchema), data);
      if (frame.seq !== undefined) this.#seq = Math.max(this.#seq, frame.seq);
      if (this.#waiting?.(frame)) this.#waiting = null;
    });
  }

  /** Opens the socket at a path of the desk and waits for its welcome, which `welcome` then holds. */
  static async open(
    url: string,
    path: string,
    { headers = {}, subprotocols = [] }: SocketOptions,
  ): Promise<{ socket: LiveSocket; welcome: Frame }> {
    const address = new URL(path, url.replace(/^http/, 'ws')).href;
    // Node's WebSocket takes headers, of which the browser's type knows nothing.
    const options = { protocols: [SUBPROTOCOL, ...subprotocols], headers } as unknown as string[];
    const raw = new WebSocket(address, options);
    await new Promise<void>((opened, failed) => {
      raw.addEventListener('open', () => opened());
      raw.addEventListener('error', () => failed(new Error(`No socket at ${path}.`)));
    });
    const socket = new LiveSocket(raw);
    const welcome = socket.#next((frame) => frame.type === 'welcome', `a welcome at ${path}`);
    raw.send(JSON.stringify({ type: 'hello', protocol: PROTOCOL, since: null }));
    return { socket, welcome: await welcome };
  }

  /** Sends a command; throws with the desk's words when it is refused. */
  async command(command: { readonly type: string } & Record<string, unknown>): Promise<void> {
    const id = newCommandId();
    const answer = this.#next((frame) => frame.id === id, `an answer to ${command.type}`);
    this.#socket.send(JSON.stringify({ type: 'command', id, after: this.#seq, command }));
    const { type, sentence } = await answer;
    if (type !== 'accepted') throw new Error(`${command.type}: ${sentence ?? type}`);
  }

  close(): void {
    this.#socket.close();
  }

  #next(isIt: (frame: Frame) => boolean, what: string): Promise<Frame> {
    return new Promise((found, failed) => {
      const patience = setTimeout(
        () => failed(new Error(`Waited in vain for ${what}.`)),
        PATIENCE_MS,
      );
      this.#waiting = (frame) => {
        if (!isIt(frame)) return false;
        clearTimeout(patience);
        found(frame);
        return true;
      };
    });
  }
}
