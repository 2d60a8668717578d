// An object's hibernating sockets, each with a state that says who is there. A state survives hibernation: the
// platform keeps it as the socket's attachment.

import type * as v from 'valibot';
import {
  CLOSE_CODES,
  closeReason,
  FORGIVEN_FRAMES,
  PING,
  PONG,
  PROTOCOL,
  SUBPROTOCOL,
  type Closing,
  type RefusedFrame,
} from '#shared/frames.ts';
import type { ConnectedPrincipal } from '#shared/identity.ts';
import type { AgentId, CommandId } from '#shared/ids.ts';
import { refusalText } from '#messages/refusal-text.ts';
import { refusal, type Refusal } from '#shared/refusals.ts';
import type { Settings } from '#shared/settings/schema.ts';
import { countRefused } from '../../operator-log.ts';
import { readFrame } from './frame.ts';
import type { Identity } from './identity-header.ts';
import { SocketBudgets } from './socket-budgets.ts';

/** After this a socket reconnects, so that what its agent may do is looked up again. */
export const RENEW_AFTER_MS = 600_000;

// Close codes of the WebSocket standard; the latter two are never sent.
const NORMAL = 1000;
const NO_CODE = 1005;
const ABNORMAL = 1006;

/** A tab pings every 25 s, once a minute when it is hidden: one that was silent for longer is gone. */
const SILENT_AFTER_MS = 150_000;

export interface SocketState<Who extends ConnectedPrincipal = ConnectedPrincipal> {
  readonly by: Who;
  readonly renewAt: number;
  /** Has said hello, and so is told what happens. */
  readonly greeted: boolean;
  /** Frames that could not be read so far. */
  readonly strikes: number;
}

/** Another actor did not answer, so what was asked here can't be decided now. */
export class ActorUnreachable extends Error {}

/** @template Frame what may be sent */
export class Sockets<Frame, State extends SocketState> {
  readonly #context: DurableObjectState;
  readonly #now: () => number;
  /** What is serialised with each socket, as long as this instance lives. */
  readonly #states = new WeakMap<WebSocket, State>();
  readonly #budgets = new WeakMap<WebSocket, SocketBudgets>();
  /** When each other end was last known to be heard, in epoch milliseconds: the platform is not asked every time. */
  readonly #heardAt = new WeakMap<WebSocket, number>();
  /** When the sockets of an agent were last closed because of what they may do. */
  readonly #closedAt = new Map<AgentId, number>();
  /** Where the last frame came from. */
  #speaker: WebSocket | null = null;

  constructor(context: DurableObjectState, now: () => number) {
    this.#context = context;
    this.#now = now;
    // Answered by the platform, so that a living line costs nothing.
    context.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING, PONG));
  }

  /** Answers an upgrade. `extra` is what the actor keeps of its own about the socket. */
  accept(identity: Identity<State['by']>, extra: Omit<State, keyof SocketState>): Response {
    const { by, lookedUpAt } = identity;
    const { 0: client, 1: server } = new WebSocketPair();
    this.#context.acceptWebSocket(server);
    const common = { by, renewAt: this.#now() + RENEW_AFTER_MS, greeted: false, strikes: 0 };
    server.serializeAttachment({ ...common, ...extra });
    if (by.kind === 'agent' && this.isOutdated(by.agentId, lookedUpAt)) this.close(server, 'renew');
    return new Response(null, {
      status: 101,
      webSocket: client,
      headers: { 'sec-websocket-protocol': SUBPROTOCOL },
    });
  }

  stateOf(socket: WebSocket): State {
    const known = this.#states.get(socket);
    if (known) return known;
    const state = socket.deserializeAttachment() as State; // Only this class writes it.
    this.#states.set(socket, state);
    return state;
  }

  /** Of every socket, also of one that is about to be closed. */
  states(): State[] {
    return this.#context.getWebSockets().map((socket) => this.stateOf(socket));
  }

  amend(socket: WebSocket, change: Partial<State>): void {
    const state = { ...this.stateOf(socket), ...change };
    socket.serializeAttachment(state);
    this.#states.set(socket, state);
  }

  /** Every socket that is open and has said hello. */
  greeted(): { socket: WebSocket; state: State }[] {
    return this.open().filter(({ state }) => state.greeted);
  }

  /**
   * Every socket that is open, whose other end was heard from lately (a lost line closes no socket), and whose rights
   * were looked up lately. The others are closed.
   */
  open(): { socket: WebSocket; state: State }[] {
    return this.#context.getWebSockets().flatMap((socket) => {
      if (socket.readyState !== WebSocket.OPEN) return [];
      const state = this.stateOf(socket);
      return this.#reap(socket, state) || this.#renew(socket, state) ? [] : { socket, state };
    });
  }

  /** Whether the agent has a socket here that is heard from. */
  isHere(agentId: AgentId): boolean {
    return this.greeted().some(
      ({ state }) => state.by.kind === 'agent' && state.by.agentId === agentId,
    );
  }

  send(socket: WebSocket, frame: Frame | RefusedFrame): void {
    this.#sendText(socket, JSON.stringify(frame));
  }

  /**
   * Sends each its frame; null sends nothing. A frame object shared by many is serialised once. Who spoke last
   * knows what they said, so the others are told first.
   */
  broadcast(frameFor: (state: State, socket: WebSocket) => Frame | null): void {
    const texts = new Map<Frame, string>();
    const isSpeaker = ({ socket }: { socket: WebSocket }) => socket === this.#speaker;
    const sockets = this.greeted().sort((a, b) => Number(isSpeaker(a)) - Number(isSpeaker(b)));
    for (const { socket, state } of sockets) {
      const frame = frameFor(state, socket);
      if (!frame) continue;
      const text = texts.get(frame) ?? JSON.stringify(frame);
      texts.set(frame, text);
      this.#sendText(socket, text);
    }
  }

  /**
   * Reads what a socket says and hands it on. Nothing is handed on that was refused or came before hello. What
   * breaks in `handle` is logged, and told by the id of its entry alone.
   */
  receive<const S extends v.GenericSchema<unknown, { type: string; id?: CommandId }>>(
    socket: WebSocket,
    schema: S,
    data: string | ArrayBuffer,
    handle: (frame: v.InferOutput<S>) => Promise<void> | undefined,
  ): Promise<void> | undefined {
    const state = this.stateOf(socket);
    if (this.#renew(socket, state)) return undefined;
    const budgets = this.#budgetsOf(socket);
    if (!budgets.frames.spend(this.#now())) return this.close(socket, 'busy');
    this.#speaker = socket;
    this.#heardAt.set(socket, this.#now());
    const read = readFrame(schema, data);
    if (!read.ok) return this.#strike(socket, read.id, read.refusal);
    const { value: frame } = read;
    const id = frame.id ?? null;
    const isHello = frame.type === 'hello';
    if (isHello && !this.#hasProtocol(socket, frame)) return undefined;
    // A welcome is far larger than its hello.
    if (isHello && !budgets.hellos.spend(this.#now())) return this.close(socket, 'busy');
    if (!isHello && !state.greeted) return this.#strike(socket, id, refusal('frame.too-early'));
    if (frame.type === 'signal' && !budgets.signals.spend(this.#now())) return undefined;
    try {
      return handle(frame)?.catch((error: unknown) => this.#defect(socket, id, error));
    } catch (error) {
      this.#defect(socket, id, error);
      return undefined;
    }
  }

  refuse(socket: WebSocket, id: CommandId | null, why: Refusal): undefined {
    const frame: RefusedFrame = {
      type: 'refused',
      id,
      refusal: why,
      sentence: refusalText(why, 'en'),
    };
    this.send(socket, frame);
    if (!this.#budgetsOf(socket).refusals.spend(this.#now())) this.close(socket, 'busy');
  }

  close(socket: WebSocket, why: Closing): undefined {
    if (why === 'busy') countRefused('socket');
    socket.close(CLOSE_CODES[why], closeReason(why));
  }

  /** Answers a close, without which some clients would see it as abnormal. */
  answerClose(socket: WebSocket, code: number): void {
    socket.close(code === NO_CODE || code === ABNORMAL ? NORMAL : code);
  }

  /** What the agent may see and do here has changed, or is over. */
  closeAllOf(agentId: AgentId, why: Closing): void {
    this.#closedAt.set(agentId, this.#now());
    for (const { socket, state } of this.open()) {
      const { by } = state;
      if (by.kind === 'agent' && by.agentId === agentId) this.close(socket, why);
    }
  }

  /** Sends those away who are of departments that the settings no longer have, to be looked up again. */
  renewFormer(settings: Pick<Settings, 'departments'>): void {
    const known = new Set(settings.departments.map(({ id }) => id));
    for (const socket of this.#context.getWebSockets()) {
      const { by } = this.stateOf(socket);
      if (by.kind === 'agent' && by.departments.some((id) => !known.has(id)))
        this.close(socket, 'renew');
    }
  }

  /** True for an upgrade that was on its way while the agent's sockets were closed. */
  isOutdated(agentId: AgentId, lookedUpAt: number): boolean {
    return lookedUpAt < (this.#closedAt.get(agentId) ?? 0);
  }

  /** True when the socket was found dead, and closed on this side. */
  #reap(socket: WebSocket, { renewAt }: State): boolean {
    const isSilent = (heardAt: number) => this.#now() - heardAt >= SILENT_AFTER_MS;
    if (!isSilent(this.#heardAt.get(socket) ?? renewAt - RENEW_AFTER_MS)) return false;
    const pinged = this.#context.getWebSocketAutoResponseTimestamp(socket)?.getTime() ?? 0;
    this.#heardAt.set(socket, pinged);
    if (!isSilent(pinged)) return false;
    this.close(socket, 'silent');
    return true;
  }

  /** True when the socket was sent away to have its rights looked up again. */
  #renew(socket: WebSocket, { renewAt }: State): boolean {
    if (renewAt > this.#now()) return false;
    this.close(socket, 'renew');
    return true;
  }

  #budgetsOf(socket: WebSocket): SocketBudgets {
    const known = this.#budgets.get(socket) ?? new SocketBudgets();
    this.#budgets.set(socket, known);
    return known;
  }

  #hasProtocol(socket: WebSocket, hello: object): boolean {
    if ('protocol' in hello && hello.protocol === PROTOCOL) return true;
    this.refuse(socket, null, refusal('protocol.unsupported'));
    this.close(socket, 'outdated');
    return false;
  }

  /** Refuses what could not be read, and loses patience with a socket that goes on so. */
  #strike(socket: WebSocket, id: CommandId | null, why: Refusal): undefined {
    this.refuse(socket, id, why);
    const strikes = this.stateOf(socket).strikes + 1;
    // The compiler cannot see that every state has `strikes`.
    this.amend(socket, { strikes } as Partial<State>);
    if (strikes > FORGIVEN_FRAMES) this.close(socket, 'malformed');
  }

  #defect(socket: WebSocket, id: CommandId | null, error: unknown): void {
    if (error instanceof ActorUnreachable) {
      // Nothing was decided. The client reconnects, and sends again in order what has no answer.
      console.error('unreachable', String(error.cause));
      return this.close(socket, 'renew');
    }
    const request = crypto.randomUUID();
    console.error('defect', request, error);
    this.refuse(socket, id, refusal('defect', { request }));
  }

  /** A socket can go between being listed and being written to; its client resumes elsewhere. */
  #sendText(socket: WebSocket, text: string): void {
    if (socket.readyState === WebSocket.OPEN) socket.send(text);
  }
}
