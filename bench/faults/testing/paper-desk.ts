// A desk of a few lines, in memory, that keeps the delivery contract, or breaks it in one known way: so
// that the checker can be seen to notice.

import type { DeskAtRest } from '../check/desk.ts';
import type { Dial } from '../client/link.ts';
import type { Command, LogEvent } from '../client/protocol.ts';
import type { Random } from '../random.ts';
import { PaperConversation, type PaperCaller, type PaperAnswer } from './paper-conversation.ts';
import { PaperSocket } from './paper-socket.ts';

export const FLAWS = [
  'acknowledges before it stores',
  'stores a retry again',
  'resumes one too late',
  'tells visitors what is for agents',
  'lets a second agent take',
  'forgets a conversation that waits',
  'fills an agent over his limit',
  'swaps two events for one of the tabs',
  'does not tell one tab the end',
  'changes what was written',
  'answers a retry with another seq',
  'leaves a gap in the log',
  'rewrites what has ended',
  'never answers a command',
] as const;
export type Flaw = (typeof FLAWS)[number];

interface PaperOptions {
  readonly random: Random;
  readonly flaw: Flaw | null;
  readonly departments: readonly string[];
  readonly chatsPerAgent: number;
}

type Hello = { type: 'hello'; since: number | null };
type Given = { type: 'command'; id: string; after: number; command: Command };

export class PaperDesk {
  readonly #options: PaperOptions;
  readonly #conversations = new Map<string, PaperConversation>();
  readonly #watchers = new Set<PaperSocket>();

  constructor(options: PaperOptions) {
    this.#options = options;
  }

  readonly dial: Dial = (path, who, _lineId, events) => {
    const { random } = this.#options;
    const socket = new PaperSocket(random, events, (text) => {
      const frame = JSON.parse(text) as Hello | Given;
      this.#hear(socket, path, { agentId: who.cookie ?? null }, frame);
    });
    return socket.link;
  };

  log(id: string): LogEvent[] {
    const log = this.#conversations.get(id)?.log ?? [];
    const isRewritten = this.#options.flaw === 'rewrites what has ended' && this.#isClosing;
    return isRewritten ? log.slice(0, -1) : [...log];
  }

  /** From now on the flaw that shows only later shows. */
  close(): void {
    this.#isClosing = true;
  }
  #isClosing = false;

  atRest(): DeskAtRest {
    const all = [...this.#conversations.values()].filter(({ log }) => log.length > 0);
    const queues = this.#options.departments.map((department) => {
      const own = all.filter((one) => this.#isQueued(one) && one.departmentId === department);
      return [department, own.map(({ id }) => id)] as const;
    });
    const held = new Map<string, string[]>();
    for (const { id, agentId, status } of all) {
      if (status === 'serving') held.set(agentId, [...(held.get(agentId) ?? []), id]);
    }
    const index = all.map(({ id, seq, status }) => ({ id, seq, status }));
    return { queues: new Map(queues), held, index };
  }

  #isQueued({ status, id }: PaperConversation): boolean {
    const isForgotten = this.#options.flaw === 'forgets a conversation that waits' && id < '4';
    return status === 'queued' && !isForgotten;
  }

  #hear(socket: PaperSocket, path: string, caller: PaperCaller, frame: Hello | Given): void {
    const [, , stream, name = ''] = path.split('/');
    if (stream === 'conversations') return this.#atConversation(socket, name, caller, frame);
    if (frame.type === 'command') return socket.send({ type: 'accepted', id: frame.id, seq: 0 });
    if (stream === 'agents') {
      return socket.send({ type: 'welcome', state: { availability: 'available', held: [] } });
    }
    socket.department = name;
    this.#watchers.add(socket);
    const waiting = [...this.#conversations.values()].filter(
      (one) => this.#isQueued(one) && one.departmentId === name,
    );
    const queue = waiting.map(({ id, seq }) => ({ conversationId: id, seq, queuedAt: 0 }));
    socket.send({ type: 'welcome', state: { queue } });
  }

  #atConversation(
    socket: PaperSocket,
    id: string,
    caller: PaperCaller,
    frame: Hello | Given,
  ): void {
    const conversation =
      this.#conversations.get(id) ?? new PaperConversation(id, this.#options.flaw);
    this.#conversations.set(id, conversation);
    if (frame.type === 'hello') return conversation.welcome(socket, caller, frame.since);
    const before = conversation.status;
    const answer = this.#full(caller, frame.command) ?? conversation.handle(caller, frame);
    if (answer) socket.send({ ...answer, id: frame.id });
    if (conversation.status !== before) this.#tellQueue(conversation);
  }

  #full({ agentId }: PaperCaller, command: Command): PaperAnswer | null {
    if (command.type !== 'conversation.take') return null;
    if (this.#options.flaw === 'fills an agent over his limit') return null;
    const held = [...this.#conversations.values()].filter(
      (one) => one.status === 'serving' && one.agentId === agentId,
    );
    if (held.length < this.#options.chatsPerAgent) return null;
    return { type: 'refused', refusal: { code: 'agent.full' } };
  }

  #tellQueue(conversation: PaperConversation): void {
    const { id, seq, departmentId } = conversation;
    const event = this.#isQueued(conversation)
      ? { type: 'entry.put', entry: { conversationId: id, seq, queuedAt: 0 } }
      : { type: 'entry.removed', conversationId: id };
    for (const socket of this.#watchers) {
      if (socket.department === departmentId) socket.send({ type: 'events', events: [event] });
    }
  }
}
