// A conversation's SQLite: its log, its folded state, its outbox. Nothing is created before it opens.

import * as v from 'valibot';
import type { EventsPage } from '#shared/api.ts';
import { mayHear, type ConversationEvent } from '#shared/conversation/events.ts';
import { evolve } from '#shared/conversation/evolve.ts';
import { marksSchema, NO_MARKS, type Marks } from '#shared/conversation/signals.ts';
import { EVENTS_PER_PAGE } from '#shared/conversation/snapshot.ts';
import {
  CONVERSATION_STATE_VERSION,
  conversationStateSchema,
  NEW_CONVERSATION,
  type ConversationState,
} from '#shared/conversation/state.ts';
import type { Audience } from '#shared/identity.ts';
import type { CommandId } from '#shared/ids.ts';
import { Log, LOG_MIGRATION } from '../parts/log.ts';
import { isUntouched, migrate } from '../parts/migrate.ts';
import { OUTBOX_MIGRATION } from '../parts/outbox.ts';

const MIGRATIONS = [
  [
    LOG_MIGRATION,
    OUTBOX_MIGRATION,
    `CREATE TABLE fold (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      version INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      state TEXT NOT NULL,
      marks TEXT NOT NULL
    )`,
  ].join(';'),
];

/** A fold is stored at least this often, so that waking replays a short tail. */
const FOLD_EVERY_EVENTS = 50;
const REPLAY_PAGE = 1000;

type FoldRow = { version: number; seq: number; state: string; marks: string };

export interface Fold {
  readonly seq: number;
  readonly state: ConversationState;
  readonly marks: Marks;
}

const NOTHING: Fold = { seq: 0, state: NEW_CONVERSATION, marks: NO_MARKS };

export class ConversationStorage {
  readonly #log: Log<ConversationEvent>;
  readonly #storage: DurableObjectStorage;
  #exists: boolean;
  #foldedSeq = 0;
  #savedMarks: Marks = NO_MARKS;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    this.#log = new Log(storage.sql);
    this.#exists = !isUntouched(storage);
    if (this.#exists) migrate(storage, MIGRATIONS);
  }

  /** The stored fold, and what has been logged since. */
  load(): Fold {
    if (!this.#exists) return NOTHING;
    const stored = this.#storedFold();
    this.#foldedSeq = stored.seq;
    this.#savedMarks = stored.marks;
    return this.#continue(stored);
  }

  /** The fold of the whole log, whatever is stored of it. */
  replay(): Fold {
    return this.#exists ? this.#continue(NOTHING) : NOTHING;
  }

  #continue(from: Fold): Fold {
    let { seq, state } = from;
    for (;;) {
      const events = this.#log.after(seq, REPLAY_PAGE);
      state = events.reduce(evolve, state);
      seq = events.at(-1)?.seq ?? seq;
      if (events.length < REPLAY_PAGE) return { ...from, seq, state };
    }
  }

  /** The page of the log that ends before `seq`, as an audience may hear it. */
  pageBefore(seq: number, audience: Audience): EventsPage {
    if (!this.#exists) return { events: [], hasEarlier: false };
    const page = this.#log.before(seq, EVENTS_PER_PAGE);
    return { events: heardBy(audience, page), hasEarlier: (page[0]?.seq ?? 1) > 1 };
  }

  /** What follows `seq`, as an audience may hear it. */
  after(seq: number, limit: number, audience: Audience): ConversationEvent[] {
    return this.#exists ? heardBy(audience, this.#log.after(seq, limit)) : [];
  }

  /** Where a command has already led to, or null. See {@link Log.seqOf}. */
  seqOf(id: CommandId, after: number): number | null {
    return this.#exists ? this.#log.seqOf(id, after) : null;
  }

  /** One transaction: the events, what `also` writes, and the fold when its time has come. */
  commit(
    events: readonly ConversationEvent[],
    fold: Fold,
    isTurn: boolean,
    also: (() => void) | null,
  ): void {
    const folds = isTurn || fold.seq - this.#foldedSeq >= FOLD_EVERY_EVENTS;
    // A single row is a transaction by itself; most messages are no more than that.
    if (events.length === 1 && !also && !folds) return this.#log.append(events);
    this.#storage.transactionSync(() => {
      if (!this.#exists) migrate(this.#storage, MIGRATIONS);
      this.#log.append(events);
      also?.();
      if (folds) this.#saveFold(fold);
    });
    this.#exists = true;
  }

  /** Marks cost no row of their own while somebody is connected; this keeps them for later. */
  saveMarks(fold: Fold): void {
    if (this.#exists && fold.marks !== this.#savedMarks) this.#saveFold(fold);
  }

  #saveFold({ seq, state, marks }: Fold): void {
    this.#storage.sql.exec(
      'INSERT OR REPLACE INTO fold VALUES (1, ?, ?, ?, ?)',
      CONVERSATION_STATE_VERSION,
      seq,
      JSON.stringify(state),
      JSON.stringify(marks),
    );
    this.#foldedSeq = seq;
    this.#savedMarks = marks;
  }

  /** A fold of an older version is not read: the log is replayed from its beginning. */
  #storedFold(): Fold {
    const row = this.#storage.sql.exec<FoldRow>('SELECT * FROM fold').toArray()[0];
    if (!row) return NOTHING;
    const marks = v.parse(marksSchema, JSON.parse(row.marks));
    if (row.version !== CONVERSATION_STATE_VERSION) return { ...NOTHING, marks };
    return { seq: row.seq, state: v.parse(conversationStateSchema, JSON.parse(row.state)), marks };
  }
}

export const heardBy = (
  audience: Audience,
  events: readonly ConversationEvent[],
): ConversationEvent[] => events.filter((event) => mayHear(audience, event));
