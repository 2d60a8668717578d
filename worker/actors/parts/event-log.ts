// A log of events in an object's SQLite, the state that it folds to, and how far its readers have got. Generic
// over what happens in it. Nothing is created before the first event.

import * as v from 'valibot';
import type { Audience, Author } from '#shared/identity.ts';
import type { CommandId } from '#shared/ids.ts';
import { advance, receiptsSchema, type Receipt, type Receipts } from '#shared/receipts.ts';
import { EVENT_TABLE, EventTable, type LoggedEvent } from './event-table.ts';
import { migrate, stepOf, type Schema } from './migrate.ts';

/** What an object needs that holds a log. */
export const EVENT_LOG_TABLES = `${EVENT_TABLE};
  CREATE TABLE fold (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    version INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    state TEXT NOT NULL,
    receipts TEXT NOT NULL,
    cursors TEXT NOT NULL DEFAULT '{}'
  )`;

/** The state is stored at least this often, so that waking replays a short tail. */
const SAVE_EVERY_EVENTS = 50;
const REPLAY_PAGE = 1000;
/** What a reader is sent at once, at most. */
export const PAGE_BYTES = 256 * 1024;

/** What a log is of. */
export interface LogDefinition<State, Event extends LoggedEvent> {
  readonly initial: State;
  readonly evolve: (state: State, event: Event) => State;
  /** Raised when `evolve` changes shape: a stored state of another version is not read, the log is replayed. */
  readonly stateVersion: number;
  readonly stateSchema: v.GenericSchema<unknown, State>;
  /** Brings a stored event of an earlier version into today's shape. */
  readonly upgrade: (stored: unknown) => Event;
  readonly mayHear: (audience: Audience, event: Event) => boolean;
  readonly view: (state: State, audience: Audience) => State;
  /** How later events change what earlier ones say. */
  readonly amending: {
    readonly types: readonly string[];
    /** The `seq` of the last such event; 0: there is none. */
    readonly lastIn: (state: State) => number;
    readonly apply: (events: readonly Event[], amending: readonly Event[]) => Event[];
  };
}

/** What the log adds to what was decided. */
export interface Envelope extends LoggedEvent {
  readonly id: CommandId;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly by: Author;
}
type WithoutEnvelope<E> = E extends unknown ? Omit<E, keyof Envelope> : never;

/** What is stored beside the events of one command. */
export interface Plan {
  /** Whether the state is worth a row of its own now. */
  readonly saves: boolean;
  readonly also: (() => undefined) | null;
}

/** What a command has led to. */
export interface Performed<State, Event> {
  /** Of its last event. */
  readonly seq: number;
  /** None for a command that changed nothing, or was answered before. */
  readonly events: readonly Event[];
  /** The state that it found. */
  readonly before: State;
}

/** A state and the `seq` of the last event that led to it. */
export interface Folded<State> {
  readonly seq: number;
  readonly state: State;
}

/** Part of a log, as an audience may hear it. */
export interface LogPage<Event> {
  readonly events: Event[];
  /** True when the log begins before `events`. */
  readonly hasEarlier: boolean;
}

const cursorsSchema = v.record(v.string(), v.number());
type Cursors = v.InferOutput<typeof cursorsSchema>;

type FoldRow = { version: number; seq: number; state: string; receipts: string; cursors: string };

export class EventLog<State, Event extends LoggedEvent> {
  readonly #storage: DurableObjectStorage;
  readonly #schema: Schema;
  readonly #definition: LogDefinition<State, Event>;
  readonly #table: EventTable<Event>;
  #exists: boolean;
  #folded: Folded<State>;
  #receipts: Receipts = {};
  #cursors: Cursors = {};
  #savedSeq = 0;
  #savedReceipts: Receipts = {};

  /** @param schema of the whole object, with {@link EVENT_LOG_TABLES} among its tables */
  constructor(
    storage: DurableObjectStorage,
    schema: Schema,
    definition: LogDefinition<State, Event>,
  ) {
    this.#storage = storage;
    this.#schema = schema;
    this.#definition = definition;
    this.#table = new EventTable(storage.sql, definition.upgrade);
    this.#exists = stepOf(storage) > 0;
    this.#folded = { seq: 0, state: definition.initial };
    if (!this.#exists) return;
    migrate(storage, schema);
    this.#folded = this.#continue(this.#load());
  }

  /** Of the last event; 0 before the first. */
  get seq(): number {
    return this.#folded.seq;
  }

  get state(): State {
    return this.#folded.state;
  }

  get receipts(): Receipts {
    return this.#receipts;
  }

  /** The state as an audience may know it. */
  headFor(audience: Audience): { seq: number; state: State; receipts: Receipts } {
    const { seq, state } = this.#folded;
    return { seq, state: this.#definition.view(state, audience), receipts: this.#receipts };
  }

  /** The page that ends before `seq`. */
  before(seq: number, limit: number, audience: Audience): LogPage<Event> {
    if (!this.#exists) return { events: [], hasEarlier: false };
    const page = this.#table.before(seq, limit, PAGE_BYTES);
    return {
      events: this.heardBy(audience, this.#asOfNow(page)),
      hasEarlier: (page[0]?.seq ?? 1) > 1,
    };
  }

  /** What follows `seq`, as an audience may hear it; null when it is more than a page's bytes. */
  after(seq: number, limit: number, audience: Audience): Event[] | null {
    const isSmall = this.#storage.sql.databaseSize <= PAGE_BYTES;
    if (!isSmall && this.#exists && this.#table.bytesAfter(seq) > PAGE_BYTES) return null;
    return this.heardBy(audience, this.readAfter(seq, limit));
  }

  /** What follows `seq`, all of it. */
  readAfter(seq: number, limit: number): Event[] {
    return this.#exists ? this.#asOfNow(this.#table.after(seq, limit)) : [];
  }

  /** Who reads again what was said learns nothing that was taken back since. */
  #asOfNow(events: Event[]): Event[] {
    const { lastIn, types, apply } = this.#definition.amending;
    const [first] = events;
    if (!first || lastIn(this.state) <= first.seq) return events;
    return apply(events, this.#table.ofTypes(types, first.seq));
  }

  heardBy(audience: Audience, events: readonly Event[]): Event[] {
    return events.filter((event) => this.#definition.mayHear(audience, event));
  }

  /**
   * Where a command has already led to; null when it is new.
   * @param after the last `seq` that its client had when it minted the id
   */
  answerTo(id: string, after: number): number | null {
    // Nothing was written since the command was minted, so it can't be stored: no need to look.
    return after < this.seq ? this.#table.seqOf(id, after) : null;
  }

  /**
   * Stores what a command has led to, in one transaction with what `also` writes.
   * @param plan decides by the events and the states around them what else is stored
   */
  commit(
    decided: readonly WithoutEnvelope<Event>[],
    envelope: Omit<Envelope, 'seq'>,
    plan: (events: readonly Event[], before: State, after: State) => Plan,
  ): Performed<State, Event> {
    const { seq, state: before } = this.#folded;
    if (decided.length === 0) return { seq, events: [], before };
    const events = decided.map(
      // What was decided and its envelope are an event, which the compiler cannot see of a type parameter.
      (event, index) => ({ ...event, ...envelope, seq: seq + 1 + index }) as unknown as Event,
    );
    const after = events.reduce(this.#definition.evolve, before);
    this.#append(events, after, plan(events, before, after));
    return { seq: this.seq, events, before };
  }

  #append(events: readonly Event[], state: State, { saves, also }: Plan): void {
    const folded = { seq: this.seq + events.length, state };
    const savesNow = saves || folded.seq - this.#savedSeq >= SAVE_EVERY_EVENTS;
    if (this.#exists && events.length === 1 && !also && !savesNow) {
      // A single row is a transaction by itself; most messages are no more than that.
      this.#table.append(events);
    } else {
      this.#storage.transactionSync(() => {
        if (!this.#exists) migrate(this.#storage, this.#schema);
        this.#table.append(events);
        also?.();
        if (savesNow) this.#save(folded);
      });
      this.#exists = true;
    }
    this.#folded = folded;
  }

  /** Returns whether the receipt has moved. */
  hearReceipt(participant: string, receipt: Receipt): boolean {
    const receipts = advance(this.#receipts, participant, receipt, this.seq);
    const hasMoved = receipts !== this.#receipts;
    this.#receipts = receipts;
    return hasMoved;
  }

  /** Receipts cost no row of their own while somebody is connected; this keeps them for later. */
  saveReceipts(): void {
    if (this.#exists && this.#receipts !== this.#savedReceipts) this.#save(this.#folded);
  }

  /** How far readers have got costs no row, either, unless it is worth one that they do not repeat. */
  saveCursors(): void {
    if (this.#exists) this.#save(this.#folded);
  }

  /** How far a reader of the log has got. It is stored with the state, so it may fall back: readers repeat. */
  cursorOf(name: string): number {
    return this.#cursors[name] ?? 0;
  }

  moveCursor(name: string, seq: number): void {
    this.#cursors = { ...this.#cursors, [name]: seq };
  }

  /** The storage was emptied: nothing has ever happened. */
  clear(): void {
    this.#exists = false;
    this.#folded = { seq: 0, state: this.#definition.initial };
    this.#receipts = this.#savedReceipts = {};
    this.#cursors = {};
    this.#savedSeq = 0;
  }

  #continue(from: Folded<State>): Folded<State> {
    let { seq, state } = from;
    for (;;) {
      const events = this.#exists ? this.#table.after(seq, REPLAY_PAGE) : [];
      state = events.reduce(this.#definition.evolve, state);
      seq = events.at(-1)?.seq ?? seq;
      if (events.length < REPLAY_PAGE) return { seq, state };
    }
  }

  #load(): Folded<State> {
    const nothing = { seq: 0, state: this.#definition.initial };
    const row = this.#storage.sql.exec<FoldRow>('SELECT * FROM fold').toArray()[0];
    if (!row) return nothing;
    this.#receipts = v.parse(receiptsSchema, JSON.parse(row.receipts));
    this.#cursors = v.parse(cursorsSchema, JSON.parse(row.cursors));
    this.#savedReceipts = this.#receipts;
    if (row.version !== this.#definition.stateVersion) return nothing;
    this.#savedSeq = row.seq;
    return { seq: row.seq, state: v.parse(this.#definition.stateSchema, JSON.parse(row.state)) };
  }

  #save({ seq, state }: Folded<State>): void {
    this.#storage.sql.exec(
      'INSERT OR REPLACE INTO fold (id, version, seq, state, receipts, cursors) VALUES (1, ?, ?, ?, ?, ?)',
      this.#definition.stateVersion,
      seq,
      JSON.stringify(state),
      JSON.stringify(this.#receipts),
      JSON.stringify(this.#cursors),
    );
    this.#savedSeq = seq;
    this.#savedReceipts = this.#receipts;
  }
}
