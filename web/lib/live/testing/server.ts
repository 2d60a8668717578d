// Stands in for the server in tests of the stores. It keeps the promises of docs/spec/delivery.md: a command is
// stored once, whatever comes twice. It decides nothing else; a test says what is refused.

import * as v from 'valibot';
import { textBody } from '#shared/conversation/body.ts';
import type { ConversationCommand } from '#shared/conversation/commands.ts';
import { LIVECHAT, type ConversationEvent, type NewEvent } from '#shared/conversation/events.ts';
import { evolve } from '#shared/conversation/evolve.ts';
import type { ConversationSnapshot } from '#shared/conversation/snapshot.ts';
import { NEW_CONVERSATION } from '#shared/conversation/state.ts';
import { conversationClientFrame, PROTOCOL, type ConversationClientFrame } from '#shared/frames.ts';
import type { Author } from '#shared/identity.ts';
import {
  agentIdSchema,
  contactIdOfVisitor,
  conversationIdSchema,
  departmentIdSchema,
  newCommandId,
  newVisitorId,
  type CommandId,
  type ConversationId,
} from '#shared/ids.ts';
import { refusal, type RefusalCode } from '#shared/refusals.ts';
import type { FakeSocket } from './socket.ts';

type CommandFrame = Extract<ConversationClientFrame, { type: 'command' }>;

export const VISITOR: Author = { kind: 'visitor' };
export const MARA = { kind: 'agent', id: v.parse(agentIdSchema, 'mara'), name: 'Mara' } as const;
export const NOOR = { kind: 'agent', id: v.parse(agentIdSchema, 'noor'), name: 'Noor' } as const;
export const SALES = v.parse(departmentIdSchema, 'sales');
export const TOO_LONG = refusal('message.too-long', { limit: 5000, found: 5001 });
const visitorId = newVisitorId();
const OPENING = {
  visitor: { id: visitorId, name: 'Visitor' },
  departmentId: SALES,
  previousId: null,
  page: null,
  wanted: null,
  channel: LIVECHAT,
  locale: null,
  contactId: contactIdOfVisitor(visitorId),
} as const;
const NOON = Date.UTC(2026, 2, 1, 12);

export class FakeConversation {
  readonly id: ConversationId;
  events: ConversationEvent[] = [];
  /** Codes with which the next commands are refused, one each. */
  readonly refusals: RefusalCode[] = [];
  readonly commands: CommandFrame[] = [];
  readonly #sockets = new Set<FakeSocket>();

  constructor(id: ConversationId) {
    this.id = id;
  }

  get state() {
    return this.events.reduce(evolve, NEW_CONVERSATION);
  }
  get texts(): string[] {
    return this.events.flatMap((event) => (event.type === 'message.sent' ? [event.body.text] : []));
  }
  get snapshot(): ConversationSnapshot {
    const { events, state } = this;
    const seq = events.length;
    return { conversationId: this.id, seq, state, receipts: {}, events, hasEarlier: false };
  }

  /** Something happens, and everyone hears it. */
  happen(facts: readonly NewEvent[], by: Author, id: CommandId = newCommandId()): void {
    const events = facts.map((fact, index): ConversationEvent => {
      const seq = this.events.length + index + 1;
      return { ...fact, seq, at: NOON + seq, id, by };
    });
    this.events = [...this.events, ...events];
    this.tell({ type: 'events', upTo: this.events.length, events });
  }

  open(text: string): void {
    this.happen(
      [
        { type: 'conversation.opened', ...OPENING },
        { type: 'message.sent', body: textBody(text) },
      ],
      VISITOR,
    );
  }

  end(): void {
    this.happen([{ type: 'conversation.ended' }], { kind: 'system' });
  }

  tell(frame: object): void {
    for (const socket of this.#sockets) socket.hear(frame);
  }

  /** What a socket says is answered a moment later: never before its page has done what it was doing. */
  accept(socket: FakeSocket): void {
    socket.onSent = (raw) => {
      if (raw !== 'ping') setTimeout(() => this.#answer(socket, raw));
    };
    setTimeout(() => socket.open());
  }

  #answer(socket: FakeSocket, raw: unknown): void {
    const frame = v.parse(conversationClientFrame, raw);
    if (frame.type === 'hello') {
      const { snapshot } = this;
      const events = snapshot.events.filter(({ seq }) => seq > (frame.since ?? 0));
      const reset = frame.since === null;
      socket.hear({ type: 'welcome', protocol: PROTOCOL, ...snapshot, reset, events });
      this.#sockets.add(socket);
    }
    if (frame.type === 'command') this.#perform(socket, frame);
  }

  #perform(socket: FakeSocket, frame: CommandFrame): void {
    const { id, command } = frame;
    this.commands.push(frame);
    const known = this.events.findLast((event) => event.id === id);
    if (known) return socket.hear({ type: 'accepted', id, seq: known.seq });
    const code = this.refusals.shift() ?? this.#refusal(command);
    if (code) return socket.hear({ type: 'refused', id, refusal: refusal(code), sentence: code });
    const by = socket.protocols.some((one) => one.startsWith('token.')) ? VISITOR : MARA;
    const facts = factsOf(command);
    // Its own event tells the sender as much.
    if (facts.length === 0) return socket.hear({ type: 'accepted', id, seq: this.events.length });
    this.happen(facts, by, id);
  }

  #refusal({ type }: ConversationCommand): RefusalCode | null {
    const { status } = this.state;
    if (status === 'closed') return 'conversation.closed';
    return status === 'new' && type !== 'conversation.open' ? 'conversation.unknown' : null;
  }
}

function factsOf(command: ConversationCommand): NewEvent[] {
  switch (command.type) {
    case 'conversation.open': {
      const { departmentId, body, previousId, page, locale } = command;
      return [
        { type: 'conversation.opened', ...OPENING, departmentId, previousId, page, locale },
        { type: 'message.sent', body },
      ];
    }
    case 'message.send':
      return [{ type: 'message.sent', body: command.body }];
    case 'note.add':
      return [{ type: 'note.added', body: command.body, mentions: command.mentions }];
    case 'conversation.end':
      return [{ type: 'conversation.ended' }];
    default:
      return [];
  }
}

/** All conversations of a server, by the addresses of their sockets. */
export class FakeServer {
  /** Nobody gets through. */
  isDown = false;
  /** Codes with which the first command of each next conversation is refused. */
  readonly refusals: RefusalCode[] = [];
  readonly conversations = new Map<ConversationId, FakeConversation>();

  /** What all of them hold, in the order in which they were begun. */
  get texts(): string[] {
    return [...this.conversations.values()].flatMap(({ texts }) => texts);
  }

  conversation(id: ConversationId): FakeConversation {
    const found = this.conversations.get(id);
    if (found) return found;
    const conversation = new FakeConversation(id);
    conversation.refusals.push(...this.refusals.splice(0, 1));
    this.conversations.set(id, conversation);
    return conversation;
  }

  readonly accept = (socket: FakeSocket): void => {
    const id = v.safeParse(conversationIdSchema, socket.url.split('/').at(-1));
    if (id.success && !this.isDown) this.conversation(id.output).accept(socket);
  };
}
