// An object's hibernating sockets, each with an attachment that says who it is.

import type * as v from 'valibot';
import {
  CLOSE_CODES,
  FORGIVEN_FRAMES,
  PING,
  PONG,
  PROTOCOL,
  SUBPROTOCOL,
  type RefusedFrame,
} from '#shared/frames.ts';
import type { By } from '#shared/identity.ts';
import type { CommandId } from '#shared/ids.ts';
import { refusalText } from '#messages/refusal-text.ts';
import { refusal, type Refusal } from '#shared/refusals.ts';
import { readFrame } from './frame.ts';

/** After this a socket reconnects, so that what its agent may do is looked up anew. */
const RENEW_AFTER_MS = 600_000;

// Close codes of the WebSocket standard; the latter two are never sent.
const NORMAL = 1000;
const NO_CODE = 1005;
const ABNORMAL = 1006;

/** A tab pings every 25 s, once a minute when it is hidden: one that was silent for longer is gone. */
const SILENT_AFTER_MS = 150_000;

export interface Attachment<Who extends By> {
  readonly by: Who;
  readonly renewAt: number;
  /** Has said hello, and so is told what happens. */
  readonly greeted: boolean;
  /** Frames that could not be read so far. */
  readonly strikes: number;
}

type Closing = keyof typeof CLOSE_CODES;

export class Sockets<Who extends By, A extends Attachment<Who> = Attachment<Who>> {
  readonly #context: DurableObjectState;
  readonly #now: () => number;
  /** What is serialised with each socket, as long as this instance lives. */
  readonly #attachments = new WeakMap<WebSocket, A>();

  constructor(context: DurableObjectState, now: () => number) {
    this.#context = context;
    this.#now = now;
    // Answered by the platform, so that a living line costs nothing.
    context.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING, PONG));
  }

  /** Answers an upgrade. `extra` is what the actor keeps of its own about the socket. */
  accept(by: Who, extra: Omit<A, keyof Attachment<Who>>): Response {
    const { 0: client, 1: server } = new WebSocketPair();
    this.#context.acceptWebSocket(server);
    const common = { by, renewAt: this.#now() + RENEW_AFTER_MS, greeted: false, strikes: 0 };
    server.serializeAttachment({ ...common, ...extra });
    return new Response(null, {
      status: 101,
      webSocket: client,
      headers: { 'sec-websocket-protocol': SUBPROTOCOL },
    });
  }

  attachmentOf(socket: WebSocket): A {
    const known = this.#attachments.get(socket);
    if (known) return known;
    const attachment = socket.deserializeAttachment() as A; // Only this class writes it.
    this.#attachments.set(socket, attachment);
    return attachment;
  }

  amend(socket: WebSocket, change: Partial<A>): A {
    const attachment = { ...this.attachmentOf(socket), ...change };
    socket.serializeAttachment(attachment);
    this.#attachments.set(socket, attachment);
    return attachment;
  }

  /** Every socket that is open and has said hello. */
  greeted(): { socket: WebSocket; attachment: A }[] {
    return this.open().filter(({ attachment }) => attachment.greeted);
  }

  /** Every socket that is open, and whose other end was heard of lately: a dead line closes nothing. */
  open(): { socket: WebSocket; attachment: A }[] {
    return this.#context
      .getWebSockets()
      .filter(({ readyState }) => readyState === WebSocket.OPEN)
      .map((socket) => ({ socket, attachment: this.attachmentOf(socket) }))
      .filter(({ socket, attachment }) => !this.#reap(socket, attachment));
  }

  send(socket: WebSocket, frame: unknown): void {
    this.#sendText(socket, JSON.stringify(frame));
  }

  /** Sends each its frame; null sends nothing. A frame object shared by many is serialised once. */
  broadcast(frameFor: (attachment: A, socket: WebSocket) => object | null): void {
    const texts = new Map<object, string>();
    for (const { socket, attachment } of this.greeted()) {
      const frame = frameFor(attachment, socket);
      if (!frame || this.#renew(socket, attachment)) continue;
      const text = texts.get(frame) ?? JSON.stringify(frame);
      texts.set(frame, text);
      this.#sendText(socket, text);
    }
  }

  /**
   * Reads what a socket says. Null when there is nothing to handle: it was refused, came before hello, or
   * the socket was sent away.
   */
  receive<const S extends v.GenericSchema<unknown, { type: string }>>(
    socket: WebSocket,
    schema: S,
    data: string | ArrayBuffer,
  ): v.InferOutput<S> | null {
    const attachment = this.attachmentOf(socket);
    if (this.#renew(socket, attachment)) return null;
    const frame = readFrame(schema, data);
    if (!frame.ok) return this.#strike(socket, frame.id, frame.refusal);
    const { value } = frame;
    if (value.type === 'hello') return this.#hasProtocol(socket, value) ? value : null;
    return attachment.greeted ? value : this.#strike(socket, frame.id, refusal('frame.too-early'));
  }

  refuse(socket: WebSocket, id: CommandId | null, why: Refusal): void {
    const frame: RefusedFrame = {
      type: 'refused',
      id,
      refusal: why,
      sentence: refusalText(why, 'en'),
    };
    this.send(socket, frame);
  }

  close(socket: WebSocket, why: Closing): void {
    socket.close(CLOSE_CODES[why], why);
  }

  /** Answers a close, without which some clients would see it as abnormal. */
  answerClose(socket: WebSocket, code: number): void {
    socket.close(code === NO_CODE || code === ABNORMAL ? NORMAL : code);
  }

  closeAll(why: Closing): void {
    for (const { socket } of this.open()) this.close(socket, why);
  }

  /** True when the socket was found dead, and closed on this side. */
  #reap(socket: WebSocket, { renewAt }: A): boolean {
    const pinged = this.#context.getWebSocketAutoResponseTimestamp(socket)?.getTime() ?? 0;
    const heardAt = Math.max(pinged, renewAt - RENEW_AFTER_MS);
    if (this.#now() - heardAt < SILENT_AFTER_MS) return false;
    this.close(socket, 'silent');
    return true;
  }

  /** True when the socket was sent away to have its rights looked up anew. */
  #renew(socket: WebSocket, { renewAt }: A): boolean {
    if (renewAt > this.#now()) return false;
    this.close(socket, 'renew');
    return true;
  }

  #hasProtocol(socket: WebSocket, hello: object): boolean {
    if ('protocol' in hello && hello.protocol === PROTOCOL) return true;
    this.refuse(socket, null, refusal('protocol.unsupported'));
    this.close(socket, 'outdated');
    return false;
  }

  /** Refuses what could not be read, and loses patience with a socket that goes on so. */
  #strike(socket: WebSocket, id: CommandId | null, why: Refusal): null {
    this.refuse(socket, id, why);
    const strikes = this.attachmentOf(socket).strikes + 1;
    // The object's own type cannot see that every attachment has `strikes`.
    this.amend(socket, { strikes } as Partial<A>);
    if (strikes > FORGIVEN_FRAMES) this.close(socket, 'malformed');
    return null;
  }

  /** A socket can go between being listed and being written to; its client resumes elsewhere. */
  #sendText(socket: WebSocket, text: string): void {
    if (socket.readyState === WebSocket.OPEN) socket.send(text);
  }
}
