// One tab at a conversation: its thread, and the person's outbox behind it.

import {
  type ConversationHistory,
  type CommandRecord,
  type Person,
  type TabRecord,
  newTab,
  SECRET,
} from '../history.ts';
import { Line, type LineOptions } from './line.ts';
import { frameOf, type Outbox } from './outbox.ts';
import type {
  Command,
  ConversationFrame,
  ConversationState,
  ConversationWelcome,
  LogEvent,
} from './protocol.ts';

interface TabOptions extends LineOptions {
  readonly history: ConversationHistory;
  readonly person: Person;
  readonly outbox: Outbox;
}

let lastTab = 0;

type Waiter = { readonly met: () => boolean; readonly done: (met: boolean) => void };

export class Tab {
  readonly line: Line;
  readonly record: TabRecord;
  readonly #options: TabOptions;
  #state: ConversationState = { status: 'new' };
  #since: number | null = null;
  #sentAt = 0;
  #waiters = new Set<Waiter>();

  constructor(options: TabOptions) {
    this.#options = options;
    const { history, person } = options;
    this.record = newTab(`${person.slice(0, 8)}#${++lastTab}`, person);
    history.tabs.push(this.record);
    options.outbox.onAnswer(() => this.poke());
    this.line = new Line(options, {
      since: () => (this.#since = this.record.seq === 0 ? null : this.record.seq),
      overdue: () =>
        performance.now() - this.#sentAt > options.patience.pingEveryMs && !options.outbox.isEmpty,
      frame: (frame, raw) => this.#hear(frame as ConversationFrame, raw),
      turnedAway: (code) => {
        this.record.turnedAway = code;
        this.poke();
      },
    });
  }

  get history(): ConversationHistory {
    return this.#options.history;
  }

  get outbox(): Outbox {
    return this.#options.outbox;
  }

  get state(): ConversationState {
    return this.#state;
  }

  get isClosed(): boolean {
    return this.#state.status === 'closed' || this.record.turnedAway !== null;
  }

  /** Closed, and everything that he said has been answered; or nothing of it is his to read any more. */
  get isDone(): boolean {
    return this.record.turnedAway !== null || (this.isClosed && this.#options.outbox.isEmpty);
  }

  /** Puts a command into the outbox, and sends it if the line lives. */
  give(command: Command): CommandRecord {
    const { random, person, outbox, history } = this.#options;
    const record: CommandRecord = {
      id: random.uuid(),
      after: this.record.seq,
      command,
      by: person,
      tab: this.record.name,
      sent: 0,
      accepted: [],
      refused: [],
      heard: false,
    };
    history.commands.push(record);
    outbox.add(record);
    if (this.line.isLive) this.#send(record);
    return record;
  }

  /** True once `met` holds; false when `ms` have passed before. */
  until(met: () => boolean, ms: number): Promise<boolean> {
    if (met()) return Promise.resolve(true);
    return new Promise((resolve) => {
      const timer = setTimeout(() => waiter.done(false), ms);
      const waiter: Waiter = {
        met,
        done: (is) => {
          clearTimeout(timer);
          this.#waiters.delete(waiter);
          resolve(is);
        },
      };
      this.#waiters.add(waiter);
    });
  }

  answered(record: CommandRecord, ms: number): Promise<boolean> {
    return this.until(() => record.accepted.length + record.refused.length > 0 || record.heard, ms);
  }

  /** Forgets all but the outbox, as a page does. */
  reload(): void {
    this.record.seq = 0;
    this.record.thread = [];
    this.#state = { status: 'new' };
    this.record.steps.push({ kind: 'reload' });
    this.line.reconnect();
  }

  leave({ early = false } = {}): void {
    this.record.leftAt = Date.now();
    this.record.leftEarly ||= early;
    this.line.stop();
    for (const waiter of [...this.#waiters]) waiter.done(waiter.met());
  }

  #hear(frame: ConversationFrame, raw: string): void {
    if (this.record.audience === 'everyone' && raw.includes(SECRET)) this.record.leaks.push(raw);
    switch (frame.type) {
      case 'welcome':
        this.#welcomed(frame);
        break;
      case 'events':
        this.record.steps.push({ kind: 'events', upTo: frame.upTo, events: frame.events });
        this.#append(frame.events);
        this.record.seq = Math.max(this.record.seq, frame.upTo);
        break;
      case 'accepted':
        this.#options.outbox.accepted(frame.id, frame.seq);
        break;
      case 'refused':
        if (frame.id !== null) this.#options.outbox.refused(frame.id, frame.refusal.code);
        break;
      case 'signal':
        return;
    }
    this.poke();
  }

  #welcomed({ reset, seq, state, events }: ConversationWelcome): void {
    this.record.steps.push({ kind: 'welcome', since: this.#since, reset, seq, state, events });
    if (reset) {
      this.record.thread = [];
      this.record.seq = 0;
    }
    this.#append(events);
    this.record.seq = seq;
    this.#state = state;
    for (const waiting of this.#options.outbox.waiting) this.#send(waiting);
  }

  #append(events: readonly LogEvent[]): void {
    for (const event of events) {
      if (event.seq <= this.record.seq) continue;
      this.record.thread.push(event);
      this.record.seq = event.seq;
      this.#state = stateAfter(this.#state, event);
      this.#options.outbox.heard(event.id);
    }
  }

  #send(record: CommandRecord): void {
    record.sent++;
    this.#sentAt = performance.now();
    this.line.send(frameOf(record));
  }

  /** Looks again whether what somebody waits for is there. */
  poke(): void {
    for (const waiter of [...this.#waiters]) if (waiter.met()) waiter.done(true);
  }
}

/** As much of the fold as a person needs to know what he may do. */
function stateAfter(state: ConversationState, event: LogEvent): ConversationState {
  const { agent = null } = event;
  const others = (state.helpers ?? []).filter(({ id }) => id !== agent?.id);
  switch (event.type) {
    case 'conversation.taken':
      return { status: 'serving', agent, helpers: others };
    case 'conversation.forwarded':
      return agent ? { status: 'serving', agent, helpers: others } : { status: 'queued' };
    case 'conversation.opened':
    case 'conversation.requeued':
      return { status: 'queued' };
    case 'conversation.held':
      return { ...state, status: 'held' };
    case 'conversation.resumed':
      return { ...state, status: 'serving' };
    case 'agent.joined':
      return { ...state, helpers: agent ? [...others, agent] : others };
    case 'agent.left':
      return { ...state, helpers: others };
    case 'conversation.ended':
      return { ...state, status: 'closed' };
    default:
      return state;
  }
}
