// A chat between two colleagues: the only writer of its log. Made of the same parts as a conversation.

import { DurableObject } from 'cloudflare:workers';
import type * as v from 'valibot';
import { amendedBy, AMENDING } from '#shared/conversation/amendments.ts';
import {
  DIRECT_CHAT_STATE_VERSION,
  decideDirectChat,
  directAuthorOf,
  directChatStateSchema,
  evolveDirectChat,
  isParticipant,
  NEW_DIRECT_CHAT,
  type DirectChatCommand,
  type DirectChatEvent,
  type DirectChatState,
} from '#shared/direct-chat/direct-chat.ts';
import type { DirectChatSnapshot, DirectEventsPage } from '#shared/direct-chat/api.ts';
import { participantsOf, type PairId } from '#shared/direct-chat/pair.ts';
import { directChatClientFrame, type Closing, type LogServerFrame } from '#shared/frames.ts';
import type { AgentPrincipal, ConnectedPrincipal, Principal } from '#shared/identity.ts';
import type { AgentId, CommandId } from '#shared/ids.ts';
import { accept, refuse, type Outcome } from '#shared/refusals.ts';
import type { ConversationSearchQuery } from '#shared/search/bodies.ts';
import { rulesOf } from '#shared/settings/rules-of.ts';
import { settingsOf } from '../../io/settings.ts';
import { Alarm } from '../parts/alarm.ts';
import { closedSocket } from '../parts/closed-socket.ts';
import { EVENT_LOG_TABLES, EventLog, type Performed } from '../parts/event-log.ts';
import { identityOf } from '../parts/identity-header.ts';
import {
  EVENTS_PER_PAGE,
  LogStream,
  NEW_LOG_SOCKET,
  type LogSocketState,
} from '../parts/log-stream.ts';
import { namedMessage } from '../parts/named-message.ts';
import { OUTBOX_TABLE } from '../parts/outbox.ts';
import { searchLog } from '../parts/search/search.ts';
import { Sockets } from '../parts/sockets.ts';
import { effectsFor, openOutbox, type DirectChatOutbox } from './delivery.ts';

const now = () => Date.now();

const SCHEMA = {
  tables: `${OUTBOX_TABLE}; ${EVENT_LOG_TABLES}`,
  steps: [EVENT_LOG_TABLES, OUTBOX_TABLE],
};

type CommandFrame = Extract<v.InferOutput<typeof directChatClientFrame>, { type: 'command' }>;
type Verdict = Outcome<Performed<DirectChatState, DirectChatEvent>>;

export class DirectChat extends DurableObject<Env> {
  readonly #sockets: Sockets<LogServerFrame<DirectChatState, DirectChatEvent>, LogSocketState>;
  readonly #log: EventLog<DirectChatState, DirectChatEvent>;
  readonly #stream: LogStream<DirectChatState, DirectChatEvent>;
  readonly #outbox: DirectChatOutbox;
  readonly #alarm: Alarm;

  constructor(context: DurableObjectState, env: Env) {
    super(context, env);
    this.#sockets = new Sockets(context, now);
    this.#log = new EventLog(context.storage, SCHEMA, {
      initial: NEW_DIRECT_CHAT,
      evolve: evolveDirectChat,
      stateVersion: DIRECT_CHAT_STATE_VERSION,
      stateSchema: directChatStateSchema,
      // The log holds only what was appended to it.
      upgrade: (stored) => stored as DirectChatEvent,
      mayHear: () => true,
      view: (state) => state,
      amending: { types: AMENDING, lastIn: ({ amendedAt }) => amendedAt, apply: amendedBy },
    });
    const isOneOfThem = (_state: DirectChatState, by: ConnectedPrincipal) =>
      isParticipant(this.#participants, by);
    const access = { mayRead: isOneOfThem, takesPart: isOneOfThem };
    this.#stream = new LogStream(this.#log, this.#sockets, access);
    this.#outbox = openOutbox(context.storage.sql, { id: this.#id, log: this.#log, env, now });
    this.#alarm = new Alarm(context.storage);
  }

  /** The upgrade of a socket whose identity the Worker has established. */
  override fetch(request: Request): Response {
    const identity = identityOf(request);
    const { by, lookedUpAt } = identity;
    if (by.kind !== 'agent' || !isParticipant(this.#participants, by)) {
      return closedSocket('forbidden');
    }
    this.ctx.waitUntil(this.#tellOpened(by.agentId, lookedUpAt));
    return this.#sockets.accept(identity, NEW_LOG_SOCKET);
  }

  /** What a page is first rendered from. */
  snapshot(by: AgentPrincipal): Outcome<DirectChatSnapshot> {
    const page = this.page(by, this.#log.seq + 1);
    return page.ok ? accept({ ...this.#log.headFor('agents'), ...page.value }) : page;
  }

  /** The page of the log that ends before `seq`. */
  page(by: AgentPrincipal, before: number): Outcome<DirectEventsPage> {
    if (!isParticipant(this.#participants, by)) return refuse('conversation.unknown');
    return accept(this.#log.before(before, EVENTS_PER_PAGE, 'agents'));
  }

  /** What was said that matches, the latest first. */
  async search(by: AgentPrincipal, query: ConversationSearchQuery): ReturnType<typeof searchLog> {
    if (!isParticipant(this.#participants, by)) return refuse('conversation.unknown');
    return searchLog(this.#log, query, '');
  }

  /** What one of the two may do has changed, or is over. */
  closeAllOf(agentId: AgentId, why: Closing): void {
    this.#sockets.closeAllOf(agentId, why);
  }

  /** An operator has the outbox try once more what it gave up. */
  async requeue(outboxId: number): Promise<void> {
    this.#outbox.requeue(outboxId);
    await this.#drain();
  }

  /**
   * The one way to change the chat. Answers with the `seq` of the command's last event.
   * @param id minted by who gives the command; a retry carries the same one and gets the same answer
   * @param after the last `seq` that they had
   */
  perform(
    by: Principal,
    command: DirectChatCommand,
    id: CommandId,
    after: number,
  ): Outcome<number> {
    const verdict = this.#perform(by, command, id, after);
    return verdict.ok ? accept(verdict.value.seq) : verdict;
  }

  override webSocketMessage(
    socket: WebSocket,
    data: string | ArrayBuffer,
  ): Promise<void> | undefined {
    return this.#sockets.receive(socket, directChatClientFrame, data, (frame) => {
      const { by } = this.#sockets.stateOf(socket);
      const seen = this.#seenBy(by);
      if (frame.type === 'hello') this.#stream.welcome(socket, frame.since);
      if (frame.type === 'signal') this.#stream.signal(socket, frame.signal);
      if (frame.type === 'command') this.#answer(socket, frame);
      if (this.#seenBy(by) > seen) this.#noteSeen(by);
      return undefined;
    });
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    this.#sockets.answerClose(socket, code);
    this.#log.saveReceipts();
  }

  override async alarm(): Promise<void> {
    this.#alarm.fired();
    await this.#drain();
  }

  get #id(): PairId {
    return this.ctx.id.name as PairId; // The Worker addresses direct chats by ids that it has parsed.
  }

  get #participants(): readonly AgentId[] {
    return participantsOf(this.#id);
  }

  #answer(socket: WebSocket, { id, after, command, receipt }: CommandFrame): void {
    if (receipt) this.#stream.hearReceipt(socket, receipt);
    const { by } = this.#sockets.stateOf(socket);
    this.#stream.reply(socket, id, this.#perform(by, command, id, after));
  }

  /** An agent must be known to be here, so that what they may see can end at once. */
  async #tellOpened(agentId: AgentId, lookedUpAt: number): Promise<void> {
    const isNoted = await this.env.AGENT.getByName(agentId)
      .noteOpened(this.#id, lookedUpAt)
      .catch((error: unknown) => console.error('unreachable', String(error)));
    if (!isNoted) this.#sockets.closeAllOf(agentId, 'renew');
  }

  #seenBy(by: ConnectedPrincipal): number {
    return by.kind === 'agent' ? (this.#log.receipts[by.agentId]?.seen ?? 0) : 0;
  }

  /** Kept before their agent is told, so that what is told never goes back. */
  #noteSeen(by: ConnectedPrincipal): void {
    if (by.kind !== 'agent') return;
    this.ctx.storage.transactionSync(() => {
      this.#log.saveReceipts();
      this.#outbox.post([{ to: 'agent', agentId: by.agentId }]);
    });
    this.ctx.waitUntil(this.#drain());
  }

  /** Delivers the outbox; the alarm stands by for as long as something is left in it. */
  async #drain(): Promise<void> {
    await this.#alarm.arm(this.#outbox.nextAt());
    await this.#outbox.drain();
    await this.#alarm.arm(this.#outbox.nextAt());
  }

  #perform(by: Principal, command: DirectChatCommand, id: CommandId, after: number): Verdict {
    const stored = this.#log.answerTo(id, after);
    if (stored !== null) return accept({ seq: stored, events: [], before: this.#log.state });
    const decision = decideDirectChat(this.#log.state, command, {
      by,
      participants: this.#participants,
      rules: rulesOf(settingsOf(this.env)),
      message: namedMessage(command, this.#log),
      now: now(),
    });
    if (!decision.ok) return decision;
    const envelope = { at: now(), id, by: directAuthorOf(by) };
    const plan = { saves: false, also: () => this.#outbox.post(effectsFor(this.#id)) };
    const performed = this.#log.commit(decision.value, envelope, () => plan);
    this.#stream.broadcast(performed);
    this.ctx.waitUntil(this.#drain());
    return accept(performed);
  }
}
