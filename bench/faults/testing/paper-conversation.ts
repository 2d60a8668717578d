// One conversation of the paper desk: a list of events, and at most one flaw.

import {
  FOR_AGENTS,
  type Author,
  type Command,
  type ConversationState,
  type LogEvent,
} from '../client/protocol.ts';
import type { Random } from '../../../tests/support/random.ts';
import { refused, type Flaw, type Given, type PaperAnswer, type PaperCaller } from './flaws.ts';
import type { PaperSocket } from './paper-socket.ts';

/** What the conversation asks of the desk around it. */
export interface Around {
  readonly flaw: Flaw | null;
  readonly random: Random;
  readonly isMember: (agentId: string, departmentId: string) => boolean;
  /** Whether he may serve one more. */
  readonly hasPlace: (agentId: string) => boolean;
}

type Fact = Omit<LogEvent, 'seq' | 'at' | 'id' | 'by'>;
type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>;

const FORBIDDEN = 4403;
const fact = (agentId: string) => ({ id: agentId, name: '' });

export class PaperConversation {
  readonly id: string;
  readonly log: LogEvent[] = [];
  status: ConversationState['status'] = 'new';
  agentId = '';
  departmentId = '';
  helpers: readonly string[] = [];
  /** Who had it before he forwarded it. */
  formerId = '';
  readonly #around: Around;
  readonly #flaw: Flaw | null;
  readonly #sockets = new Map<PaperSocket, PaperCaller>();
  #commands = 0;

  constructor(id: string, around: Around) {
    this.id = id;
    this.#around = around;
    this.#flaw = around.flaw;
  }

  get seq(): number {
    return this.log.at(-1)?.seq ?? 0;
  }

  welcome(socket: PaperSocket, caller: PaperCaller, since: number | null): void {
    if (!this.#mayRead(caller)) return socket.sendAway(FORBIDDEN);
    this.#sockets.set(socket, caller);
    const late = since !== null && this.#flaw === 'resumes one too late' ? 1 : 0;
    const missed = this.log.filter(({ seq }) => seq > (since ?? 0) + late);
    socket.send({
      type: 'welcome',
      reset: since === null,
      seq: this.seq,
      state: {
        status: caller.agentId === null && this.status === 'held' ? 'serving' : this.status,
        agent: { id: this.agentId },
        helpers: this.helpers.map(fact),
      },
      events: this.#heardBy(caller, missed),
    });
  }

  /** Null for no answer at all. */
  handle(caller: PaperCaller, { id, after, command }: Given): PaperAnswer | null {
    const nth = ++this.#commands;
    if (this.#flaw === 'never answers a command' && id < '1') return null;
    const stored = this.log.findLast((event) => event.id === id && event.seq > after);
    if (stored && this.#flaw !== 'stores a retry again') {
      const other = this.#flaw === 'answers a retry with another seq' ? 1 : 0;
      return { type: 'accepted', seq: stored.seq + other };
    }
    const facts = this.#decide(caller, command);
    if (!Array.isArray(facts)) return facts;
    if (this.#flaw === 'acknowledges before it stores' && nth === 5) {
      return { type: 'accepted', seq: this.seq + 1 };
    }
    const { agentId } = caller;
    const by: Author = agentId === null ? { kind: 'visitor' } : { kind: 'agent', ...fact(agentId) };
    this.#append(by, id, facts);
    return { type: 'accepted', seq: this.seq };
  }

  /** The desk itself gives it to somebody. */
  assign(agentId: string): void {
    const taken = { type: 'conversation.taken', agent: fact(agentId) };
    this.#append({ kind: 'system' }, this.#around.random.uuid(), [taken]);
  }

  /** Who reads it: the visitor, those of its department, and who takes part. */
  #mayRead({ agentId }: PaperCaller): boolean {
    if (agentId === null || this.agentId === agentId || this.helpers.includes(agentId)) return true;
    return this.#around.isMember(agentId, this.departmentId);
  }

  #decide(caller: PaperCaller, command: Command): Fact[] | PaperAnswer {
    if (command.type === 'conversation.open') {
      if (this.status !== 'new') return refused('conversation.exists');
      const { departmentId, body } = command;
      return [
        { type: 'conversation.opened', departmentId },
        { type: 'message.sent', body },
      ];
    }
    if (this.status === 'closed') return refused('conversation.closed');
    const { agentId } = caller;
    return agentId === null ? this.#byVisitor(command) : this.#byAgent(agentId, command);
  }

  #byVisitor(command: Command): Fact[] | PaperAnswer {
    if (command.type === 'conversation.end') return [{ type: 'conversation.ended' }];
    if (command.type !== 'message.send') return refused('permission.missing');
    const sent = { type: 'message.sent', body: command.body };
    if (this.status !== 'held' || this.#flaw === 'leaves a visitor on hold') return [sent];
    const isFree = this.#flaw === 'resumes beyond the limit' || this.#around.hasPlace(this.agentId);
    const requeued = { type: 'conversation.requeued', because: 'resumed' };
    return [sent, isFree ? { type: 'conversation.resumed' } : requeued];
  }

  #byAgent(agentId: string, command: Command): Fact[] | PaperAnswer {
    const isHis = this.status !== 'queued' && this.agentId === agentId;
    if (command.type === 'conversation.take') {
      const mayTake = this.status === 'queued' || this.#flaw === 'lets a second agent take';
      const isMember = this.#around.isMember(agentId, this.departmentId);
      if (!mayTake || !isMember) return refused('conversation.taken');
      return [{ type: 'conversation.taken', agent: fact(agentId) }];
    }
    if (command.type === 'conversation.leave') {
      const isHelper = this.helpers.includes(agentId);
      return isHelper
        ? [{ type: 'agent.left', agent: fact(agentId) }]
        : refused('conversation.not-invited');
    }
    const mayWriteOn =
      this.#flaw === 'lets whoever forwarded it write on' && this.formerId === agentId;
    if (command.type === 'message.send') {
      if (this.status === 'held') return refused('conversation.on-hold');
      const mayWrite = isHis || this.helpers.includes(agentId) || mayWriteOn;
      return mayWrite
        ? [{ type: 'message.sent', body: command.body }]
        : refused('conversation.not-yours');
    }
    return isHis ? this.#byHolder(agentId, command) : refused('conversation.not-yours');
  }

  #byHolder(agentId: string, command: Command): Fact[] | PaperAnswer {
    switch (command.type) {
      case 'conversation.end':
        return [{ type: 'conversation.ended' }, ...commented(command.comment)];
      case 'conversation.resume':
        if (this.status !== 'held') return refused('conversation.not-on-hold');
        return this.#around.hasPlace(agentId)
          ? [{ type: 'conversation.resumed' }]
          : refused('agent.full');
      case 'details.set':
        return [{ type: 'details.changed', topic: command.topic }];
      case 'agent.invite': {
        const isThere = this.agentId === command.agentId || this.helpers.includes(command.agentId);
        return isThere ? [] : [{ type: 'agent.joined', agent: fact(command.agentId) }];
      }
      default:
        return this.status === 'held'
          ? refused('conversation.on-hold')
          : this.#whileServing(command);
    }
  }

  #whileServing(command: Command): Fact[] | PaperAnswer {
    switch (command.type) {
      case 'conversation.hold':
        return this.log.at(-1)?.by.kind === 'visitor'
          ? refused('hold.visitor-waits')
          : [{ type: 'conversation.held' }];
      case 'conversation.requeue':
        return [{ type: 'conversation.requeued', because: 'moved' }];
      case 'conversation.forward':
        return this.#forward(command);
      default:
        return refused('frame.malformed');
    }
  }

  #forward({ to, comment }: CommandOf<'conversation.forward'>): Fact[] | PaperAnswer {
    const forwarded = { type: 'conversation.forwarded' };
    const comments = commented(comment);
    if (to.kind === 'department') {
      const { departmentId } = to;
      if (departmentId === this.departmentId) return refused('forward.same-department');
      return [...comments, { ...forwarded, departmentId, agent: null }];
    }
    if (to.agentId === this.agentId) return refused('forward.same-agent');
    if (!this.#around.hasPlace(to.agentId)) return refused('colleague.full');
    const { departmentId } = this;
    return [...comments, { ...forwarded, departmentId, agent: fact(to.agentId) }];
  }

  #append(by: Author, id: string, facts: readonly Fact[]): void {
    const isGap = this.#flaw === 'leaves a gap in the log' && this.seq === 6;
    const events = facts.map((fact, index) => ({
      ...fact,
      seq: this.seq + 1 + index + (isGap ? 1 : 0),
      at: Date.now(),
      id,
      by,
    }));
    if (this.#flaw === 'changes what was written' && this.seq === 4 && events[0]?.body) {
      const { text, files } = events[0].body;
      events[0].body = { text: text.toUpperCase(), files };
    }
    for (const event of events) this.#fold(event);
    this.log.push(...events);
    this.#tell(events);
  }

  #fold({ type, agent = null, departmentId }: LogEvent): void {
    this.departmentId = departmentId ?? this.departmentId;
    this.helpers = this.helpers.filter((id) => id !== agent?.id);
    if (type === 'agent.joined' && agent) this.helpers = [...this.helpers, agent.id];
    if (type === 'conversation.forwarded') this.formerId = this.agentId;
    this.status = this.#statusAfter(type, agent !== null);
    if (this.status === 'serving' && !type.startsWith('agent.')) {
      this.agentId = agent?.id ?? this.agentId;
    }
    if (this.status === 'queued' || this.status === 'closed') this.helpers = [];
    if (this.status === 'queued') this.agentId = '';
  }

  #statusAfter(type: string, isGiven: boolean): ConversationState['status'] {
    switch (type) {
      case 'conversation.opened':
      case 'conversation.requeued':
        return 'queued';
      case 'conversation.forwarded':
        return isGiven ? 'serving' : 'queued';
      case 'conversation.taken':
      case 'conversation.resumed':
        return 'serving';
      case 'conversation.held':
        return 'held';
      case 'conversation.ended':
        return 'closed';
      default:
        return this.status;
    }
  }

  #tell(events: readonly LogEvent[]): void {
    const [first] = this.#sockets.keys();
    for (const [socket, caller] of this.#sockets) {
      const told = this.#heardBy(caller, events);
      const isUntold = this.#flaw === 'does not tell one tab the end' && this.status === 'closed';
      if (isUntold && socket === first) continue;
      const isSwapped = this.#flaw === 'swaps two events for one of the tabs' && this.seq === 2;
      const order = isSwapped && socket === first ? told.toReversed() : told;
      socket.send({ type: 'events', upTo: this.seq, events: order });
      if (this.#mayRead(caller) || this.#flaw === 'lets a stranger listen on') continue;
      this.#sockets.delete(socket);
      socket.sendAway(FORBIDDEN);
    }
  }

  #heardBy({ agentId }: PaperCaller, events: readonly LogEvent[]): LogEvent[] {
    const hearsAll = agentId !== null || this.#flaw === 'tells visitors what is for agents';
    const leaked =
      this.#flaw === 'tells visitors that they are on hold' ? 'conversation.held' : null;
    return events.filter(({ type }) => hearsAll || type === leaked || !FOR_AGENTS.includes(type));
  }
}

const commented = (text: string | null): Fact[] => (text ? [{ type: 'comment.added', text }] : []);
