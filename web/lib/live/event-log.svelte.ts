// What the server has told of a log that people talk in: its events, and what they fold to.

import type { CommandId } from '#shared/ids.ts';

interface LoggedEvent {
  readonly seq: number;
  readonly id: CommandId;
}

export interface EarlierEvents<Event> {
  readonly events: readonly Event[];
  readonly hasEarlier: boolean;
}

interface Options<State, Event> {
  /** Before anything is known. */
  initial: State;
  evolve: (state: State, event: Event) => State;
  /** The events that this client knows. Those of a later version are skipped. */
  parse: (events: readonly unknown[]) => Event[];
  /** Fetches the page of events that ends before `seq`. */
  fetchEarlier: (before: number) => Promise<EarlierEvents<Event>>;
}

export interface LogSnapshot<State> {
  readonly state: State;
  readonly seq: number;
  readonly hasEarlier: boolean;
  readonly events: readonly unknown[];
}

export class EventLog<State, Event extends LoggedEvent> {
  readonly #options: Options<State, Event>;
  #state: State;
  #events = $state.raw<readonly Event[]>([]);
  #hasEarlier = $state.raw(false);
  #seq = $state.raw<number | null>(null);

  constructor(options: Options<State, Event>) {
    this.#options = options;
    this.#state = $state.raw(options.initial);
  }

  get state() {
    return this.#state;
  }
  /** In order; gapless from the first one on. */
  get events() {
    return this.#events;
  }
  get hasEarlier() {
    return this.#hasEarlier;
  }
  /** Of the last event that has arrived. Null until the server has told what there is. */
  get seq() {
    return this.#seq;
  }

  has(id: CommandId): boolean {
    return this.#events.some((event) => event.id === id);
  }

  /** Begins again with what the server has. Returns the events. */
  replace({ state, seq, hasEarlier, events }: LogSnapshot<State>): readonly Event[] {
    this.#state = state;
    this.#hasEarlier = hasEarlier;
    this.#events = this.#options.parse(events);
    this.#seq = seq;
    return this.#events;
  }

  /** Returns those that were not there yet. */
  append(events: readonly unknown[], upTo: number): readonly Event[] {
    const have = this.#seq ?? 0;
    const fresh = this.#options.parse(events).filter(({ seq }) => seq > have);
    this.#seq = Math.max(have, upTo);
    if (fresh.length === 0) return fresh;
    this.#events = [...this.#events, ...fresh];
    this.#state = fresh.reduce(this.#options.evolve, this.#state);
    return fresh;
  }

  /** The server's own fold is the one that counts. */
  settle(state: State): void {
    this.#state = state;
  }

  async loadEarlier(): Promise<void> {
    const first = this.#events[0];
    if (!first || !this.#hasEarlier) return;
    const page = await this.#options.fetchEarlier(first.seq);
    if (this.#events[0] !== first) return; // The log was replaced meanwhile, or the page has come before.
    this.#events = [...page.events, ...this.#events];
    this.#hasEarlier = page.hasEarlier;
  }

  /** Puts earlier events before those that are here. They must leave no gap. */
  join(events: readonly Event[], hasEarlier: boolean): void {
    const first = this.#events[0]?.seq ?? 0;
    this.#events = [...events.filter(({ seq }) => seq < first), ...this.#events];
    this.#hasEarlier = hasEarlier;
  }
}
