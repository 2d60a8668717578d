// A desk of a few lines, in memory, that keeps the delivery contract, or breaks it in one known way: so
// that the checker can be seen to notice.

import type { DeskAtRest } from '../check/desk.ts';
import type { Members } from '../check/place.ts';
import type { Dial } from '../client/link.ts';
import type { LogEvent, Slot } from '../client/protocol.ts';
import type { Random } from '../../../tests/support/random.ts';
import { refused, type Flaw, type Given, type PaperAnswer, type PaperCaller } from './flaws.ts';
import { PaperConversation, type Around } from './paper-conversation.ts';
import { PaperSocket } from './paper-socket.ts';

interface PaperOptions {
  readonly random: Random;
  readonly flaw: Flaw | null;
  readonly departments: readonly string[];
  /** The department that assigns by itself; in the others agents take. */
  readonly automatic: string;
  readonly members: Members;
  readonly chatsPerAgent: number;
}

type Hello = { type: 'hello'; since: number | null };

export class PaperDesk {
  readonly #options: PaperOptions;
  readonly #conversations = new Map<string, PaperConversation>();
  readonly #around: Around;
  /** Agents' own streams. */
  readonly #desks = new Map<PaperSocket, string>();
  readonly #watchers = new Set<PaperSocket>();

  constructor(options: PaperOptions) {
    this.#options = options;
    const { flaw, random, members } = options;
    this.#around = {
      flaw,
      random,
      isMember: (agentId, departmentId) => members.get(agentId)?.includes(departmentId) ?? false,
      hasPlace: (agentId) => this.#servedBy(agentId).length < options.chatsPerAgent,
    };
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
    const agents = [...this.#options.members.keys()];
    const places = new Map(agents.map((agentId) => [agentId, this.#placesOf(agentId)]));
    const index = all.map(({ id, seq, status }) => ({ id, seq, status }));
    return { queues: new Map(queues), places, index };
  }

  #placesOf(agentId: string): Slot[] {
    return [...this.#conversations.values()].flatMap((one): Slot[] => {
      const { id: conversationId, status, helpers } = one;
      if (status === 'closed') return [];
      if (helpers.includes(agentId)) return [{ conversationId, as: 'helping' }];
      const isKept =
        this.#options.flaw === 'keeps the place of what was forwarded' && one.formerId === agentId;
      if (isKept) return [{ conversationId, as: 'serving' }];
      if (one.agentId !== agentId) return [];
      if (status === 'held') return [{ conversationId, as: 'on-hold' }];
      return status === 'serving' ? [{ conversationId, as: 'serving' }] : [];
    });
  }

  #servedBy(agentId: string): PaperConversation[] {
    return [...this.#conversations.values()].filter(
      (one) => one.status === 'serving' && one.agentId === agentId,
    );
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
      return this.#welcomeAgent(socket, caller.agentId ?? '');
    }
    socket.department = name;
    this.#watchers.add(socket);
    const waiting = [...this.#conversations.values()].filter(
      (one) => this.#isQueued(one) && one.departmentId === name,
    );
    const queue = waiting.map(({ id, seq }) => ({ conversationId: id, seq, queuedAt: 0 }));
    socket.send({ type: 'welcome', state: { queue } });
  }

  #welcomeAgent(socket: PaperSocket, agentId: string): void {
    this.#desks.set(socket, agentId);
    const places = this.#placesOf(agentId);
    socket.send({ type: 'welcome', state: { availability: 'available', slots: places } });
  }

  #atConversation(
    socket: PaperSocket,
    id: string,
    caller: PaperCaller,
    frame: Hello | Given,
  ): void {
    const conversation = this.#conversations.get(id) ?? new PaperConversation(id, this.#around);
    this.#conversations.set(id, conversation);
    if (frame.type === 'hello') return conversation.welcome(socket, caller, frame.since);
    const before = conversation.departmentId;
    const answer = this.#full(caller, frame) ?? conversation.handle(caller, frame);
    if (answer) socket.send({ ...answer, id: frame.id });
    if (before !== conversation.departmentId) this.#tellQueue(conversation, before);
    this.#route();
    this.#tellQueue(conversation, conversation.departmentId);
    this.#tellDesks();
  }

  /** Gives what waits to whoever has the fewest. */
  #route(): void {
    const { automatic, members, flaw } = this.#options;
    const isStrange = flaw === 'assigns outside the department';
    for (const one of this.#conversations.values()) {
      if (one.status !== 'queued' || one.departmentId !== automatic) continue;
      const [chosen] = [...members.keys()]
        .filter((id) => isStrange || this.#around.isMember(id, automatic))
        .filter((id) => this.#around.hasPlace(id))
        .sort((a, b) => this.#servedBy(a).length - this.#servedBy(b).length);
      if (chosen === undefined) return;
      one.assign(chosen);
      this.#tellQueue(one, automatic);
    }
  }

  #full({ agentId }: PaperCaller, { command }: Given): PaperAnswer | null {
    if (command.type !== 'conversation.take' || agentId === null) return null;
    if (this.#options.flaw === 'fills an agent over his limit') return null;
    return this.#around.hasPlace(agentId) ? null : refused('agent.full');
  }

  /** Everybody anew, for it is only paper. */
  #tellDesks(): void {
    for (const [socket, agentId] of this.#desks) {
      if (!socket.isOpen) this.#desks.delete(socket);
      else this.#welcomeAgent(socket, agentId);
    }
  }

  #tellQueue(conversation: PaperConversation, departmentId: string): void {
    const { id, seq } = conversation;
    const isHere = this.#isQueued(conversation) && conversation.departmentId === departmentId;
    const event = isHere
      ? { type: 'entry.put', entry: { conversationId: id, seq, queuedAt: 0 } }
      : { type: 'entry.removed', conversationId: id };
    for (const socket of this.#watchers) {
      if (socket.department === departmentId) socket.send({ type: 'events', events: [event] });
    }
  }
}
