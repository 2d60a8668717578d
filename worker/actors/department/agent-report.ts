// What an agent reports to their departments: what the roster shows, and whom they serve, which no screen shows.

import type { RosterEntry } from '#shared/department.ts';
import type { VisitorId } from '#shared/ids.ts';

export interface AgentReport extends RosterEntry {
  /** The visitors whose conversations of this department they serve. */
  readonly serves: readonly VisitorId[];
  /** Without a tab they are to be told of what waits. Not there in what an earlier release reported. */
  readonly pushed?: boolean;
}

export function shown({ serves: _, pushed: __, ...entry }: AgentReport): RosterEntry {
  return entry;
}
