// Who and what a department knows, for tests: entries of its queue and of its roster.

import type { QueueEntry, RosterEntry } from '#shared/department.ts';
import { newConversationId, newVisitorId } from '#shared/ids.ts';
import { NOOR } from './logs.ts';

/** A conversation of its own, of the second priority. */
export const queueEntry = (more: Partial<QueueEntry> = {}): QueueEntry => ({
  ...{ conversationId: newConversationId(), visitorId: newVisitorId(), visitorName: 'Visitor' },
  ...{ seq: 1, queuedAt: 1 },
  ...{ preview: '', priority: 'normal', rank: 1, dueAt: null, openedAt: 1, lostBy: null },
  ...more,
});

/** Noor, who is there and has nothing to do. */
export const rosterEntry = (more: Partial<RosterEntry> = {}): RosterEntry => ({
  ...{ agentId: NOOR.id, name: NOOR.name, availability: 'available', online: true, version: 1 },
  ...{ open: 0, openHere: 0, limit: 3, assignedAt: 0, handlingMs: null },
  ...more,
});
