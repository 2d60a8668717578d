// A conversation's log: what it is of, and what its object's SQLite holds.

import { amendedBy, AMENDING } from '#shared/conversation/amendments.ts';
import { mayHear, type ConversationEvent } from '#shared/conversation/events.ts';
import { evolve } from '#shared/conversation/evolve.ts';
import {
  CONVERSATION_STATE_VERSION,
  conversationStateSchema,
  NEW_CONVERSATION,
  type ConversationState,
} from '#shared/conversation/state.ts';
import { upgradeEvent, type StoredEvent } from '#shared/conversation/stored-event.ts';
import { view } from '#shared/conversation/view.ts';
import { EVENT_LOG_TABLES, EventLog, type LogDefinition } from '../parts/event-log.ts';
import { EVENT_TABLE } from '../parts/event-table.ts';
import type { Schema } from '../parts/migrate.ts';
import { OUTBOX_TABLE } from '../parts/outbox.ts';

const STEPS = [
  [
    EVENT_TABLE,
    OUTBOX_TABLE,
    `CREATE TABLE fold (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      version INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      state TEXT NOT NULL,
      marks TEXT NOT NULL
    )`,
  ].join(';'),
  // Receipts were kept for each side. The agents' were of the one who serves.
  `ALTER TABLE fold RENAME COLUMN marks TO receipts;
   ALTER TABLE fold ADD COLUMN cursors TEXT NOT NULL DEFAULT '{}';
   UPDATE fold SET receipts = json_object(
     'visitor', json_extract(receipts, '$.visitor'),
     coalesce(json_extract(state, '$.agent.id'), 'agent'), json_extract(receipts, '$.agent')
   )`,
];

export const SCHEMA: Schema = { tables: `${OUTBOX_TABLE}; ${EVENT_LOG_TABLES}`, steps: STEPS };

const DEFINITION: LogDefinition<ConversationState, ConversationEvent> = {
  initial: NEW_CONVERSATION,
  evolve,
  stateVersion: CONVERSATION_STATE_VERSION,
  stateSchema: conversationStateSchema,
  // The log holds only what was appended to it, and events keep their shape forever.
  upgrade: (stored) => upgradeEvent(stored as StoredEvent),
  mayHear,
  view,
  amending: {
    types: AMENDING,
    lastIn: (state) => (state.status === 'new' ? 0 : state.amendedAt),
    apply: amendedBy,
  },
};

export type ConversationLog = EventLog<ConversationState, ConversationEvent>;

export const openLog = (storage: DurableObjectStorage): ConversationLog =>
  new EventLog(storage, SCHEMA, DEFINITION);
