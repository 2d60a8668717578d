// A chat between two colleagues: the only writer of its log. Made of the same parts as a conversation.

import { DurableObject } from 'cloudflare:workers';
import {
  DIRECT_CHAT_STATE_VERSION,
  decideDirectChat,
  directChatStateSchema,
  evolveDirectChat,
  isParticipant,
  NEW_DIRECT_CHAT,
  type DirectChatCommand,
  type DirectChatEvent,
  type DirectChatState,
} from '#shared/direct-chat/direct-chat.ts';
import { participantsOf, type PairId } from '#shared/direct-chat/pair.ts';
import { directChatClientFrame, type LogServerFrame } from '#shared/frames.ts';
import { authorOf, type ConnectedPrincipal, type Principal } from '#shared/identity.ts';
import type { AgentId, CommandId } from '#shared/ids.ts';
import { accept, type Outcome } from '#shared/refusals.ts';
import { rulesOf } from '#shared/settings/rules-of.ts';
import { settingsOf } from '../../io/settings.ts';
import { EVENT_LOG_TABLES, EventLog, type Performed } from '../parts/event-log.ts';
import { identityOf } from '../parts/identity-header.ts';
import { LogStream, NEW_LOG_SOCKET, type LogSocketState } from '../parts/log-stream.ts';
import { Sockets } from '../parts/sockets.ts';

const now = () => Date.now();

const SCHEMA = { tables: EVENT_LOG_TABLES, steps: [EVENT_LOG_TABLES] };

type Verdict = Outcome<Performed<DirectChatState, DirectChatEvent>>;

export class DirectChat extends DurableObject<Env> {
  readonly #sockets: Sockets<LogServerFrame<DirectChatState, DirectChatEvent>, LogSocketState>;
  readonly #log: EventLog<DirectChatState, DirectChatEvent>;
  readonly #stream: LogStream<DirectChatState, DirectChatEvent>;

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
    });
    const isOneOfThem = (_state: DirectChatState, by: ConnectedPrincipal) =>
      isParticipant(this.#participants, by);
    const access = { mayRead: isOneOfThem, takesPart: isOneOfThem };
    this.#stream = new LogStream(this.#log, this.#sockets, access);
  }

  /** The upgrade of a socket whose identity the Worker has established. */
  override fetch(request: Request): Response {
    return this.#sockets.accept(identityOf(request), NEW_LOG_SOCKET);
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
      if (frame.type === 'hello') this.#stream.welcome(socket, frame.since);
      if (frame.type === 'signal') this.#stream.signal(socket, frame.signal);
      if (frame.type !== 'command') return undefined;
      const { id, after, command, receipt } = frame;
      if (receipt) this.#stream.hearReceipt(socket, receipt);
      const { by } = this.#sockets.stateOf(socket);
      return this.#stream.reply(socket, id, this.#perform(by, command, id, after));
    });
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    this.#sockets.answerClose(socket, code);
    this.#log.saveReceipts();
  }

  get #participants(): AgentId[] {
    return participantsOf(this.ctx.id.name as PairId); // Addressed by names that `pairIdOf` has made.
  }

  #perform(by: Principal, command: DirectChatCommand, id: CommandId, after: number): Verdict {
    const stored = this.#log.answerTo(id, after);
    if (stored !== null) return accept({ seq: stored, events: [], before: this.#log.state });
    const decision = decideDirectChat(this.#log.state, command, {
      by,
      participants: this.#participants,
      rules: rulesOf(settingsOf(this.env)),
    });
    if (!decision.ok) return decision;
    const envelope = { at: now(), id, by: authorOf(by) };
    const plan = { saves: false, also: null };
    const performed = this.#log.commit(decision.value, envelope, () => plan);
    this.#stream.broadcast(performed);
    return accept(performed);
  }
}
