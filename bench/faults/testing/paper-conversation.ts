// One conversation of the paper desk: a list of events, and at most one flaw.

import type { Author, Command, ConversationState, LogEvent } from '../client/protocol.ts';
import type { Flaw } from './paper-desk.ts';
import type { PaperSocket } from './paper-socket.ts';

export interface PaperCaller {
  /** Null: the visitor. */
  readonly agentId: string | null;
}

export type PaperAnswer =
  | { readonly type: 'accepted'; readonly seq: number }
  | { readonly type: 'refused'; readonly refusal: { readonly code: string } };

type Given = { readonly id: string; readonly after: number; readonly command: Command };
type Fact = Pick<LogEvent, 'type' | 'text' | 'agent' | 'departmentId'>;

const refused = (code: string): PaperAnswer => ({ type: 'refused', refusal: { code } });

export class PaperConversation {
  readonly id: string;
  readonly log: LogEvent[] = [];
  status: ConversationState['status'] = 'new';
  agentId = '';
  departmentId = '';
  readonly #flaw: Flaw | null;
  readonly #sockets = new Map<PaperSocket, PaperCaller>();
  #commands = 0;

  constructor(id: string, flaw: Flaw | null) {
    this.id = id;
    this.#flaw = flaw;
  }

  get seq(): number {
    return this.log.at(-1)?.seq ?? 0;
  }

  welcome(socket: PaperSocket, caller: PaperCaller, since: number | null): void {
    this.#sockets.set(socket, caller);
    const late = since !== null && this.#flaw === 'resumes one too late' ? 1 : 0;
    const missed = this.log.filter(({ seq }) => seq > (since ?? 0) + late);
    socket.send({
      type: 'welcome',
      reset: since === null,
      seq: this.seq,
      state: { status: this.status, agent: { id: this.agentId } },
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
    this.#append(caller, id, facts);
    return { type: 'accepted', seq: this.seq };
  }

  #decide({ agentId }: PaperCaller, command: Command): Fact[] | PaperAnswer {
    const isServing = this.status === 'serving' && this.agentId === agentId;
    if (command.type === 'conversation.open') {
      if (this.status !== 'new') return refused('conversation.exists');
      const { departmentId, text } = command;
      return [
        { type: 'conversation.opened', departmentId },
        { type: 'message.sent', text },
      ];
    }
    if (this.status === 'closed') return refused('conversation.closed');
    if (command.type === 'conversation.take') {
      const mayTake = this.status === 'queued' || this.#flaw === 'lets a second agent take';
      if (!mayTake || agentId === null) return refused('conversation.taken');
      return [{ type: 'conversation.taken', agent: { id: agentId, name: '' } }];
    }
    if (agentId !== null && !isServing) return refused('conversation.not-yours');
    if (command.type === 'message.send') return [{ type: 'message.sent', text: command.text }];
    const { comment } = command;
    return [
      { type: 'conversation.ended' },
      ...(comment ? [{ type: 'comment.added', text: comment }] : []),
    ];
  }

  #append({ agentId }: PaperCaller, id: string, facts: readonly Fact[]): void {
    const by: Author =
      agentId === null ? { kind: 'visitor' } : { kind: 'agent', id: agentId, name: '' };
    const isGap = this.#flaw === 'leaves a gap in the log' && this.seq === 6;
    const events = facts.map((fact, index) => ({
      ...fact,
      seq: this.seq + 1 + index + (isGap ? 1 : 0),
      at: Date.now(),
      id,
      by,
    }));
    if (this.#flaw === 'changes what was written' && this.seq === 4 && events[0]?.text) {
      events[0].text = events[0].text.toUpperCase();
    }
    for (const event of events) this.#fold(event);
    this.log.push(...events);
    this.#tell(events);
  }

  #fold({ type, agent, departmentId }: LogEvent): void {
    if (type === 'conversation.opened') this.status = 'queued';
    if (type === 'conversation.taken') this.status = 'serving';
    if (type === 'conversation.ended') this.status = 'closed';
    this.agentId = agent?.id ?? this.agentId;
    this.departmentId = departmentId ?? this.departmentId;
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
    }
  }

  #heardBy({ agentId }: PaperCaller, events: readonly LogEvent[]): LogEvent[] {
    const hearsAll = agentId !== null || this.#flaw === 'tells visitors what is for agents';
    return events.filter(({ type }) => hearsAll || type !== 'comment.added');
  }
}
