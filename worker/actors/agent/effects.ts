// What the rest of the desk must learn of an agent. Pure.

import type { ConversationId, DepartmentId } from '#shared/ids.ts';

export type AgentEffect =
  | { to: 'roster'; departmentId: DepartmentId }
  | { to: 'roster-exit'; departmentId: DepartmentId; version: number }
  /** He counts as offline: what becomes of a conversation is its own to decide. */
  | { to: 'loss'; conversationId: ConversationId };

interface Membership {
  readonly departments: readonly DepartmentId[];
  /** Of the desk. */
  readonly version: number;
}

/** His departments learn what has changed, those that he has left included. */
export function rosterEffects(
  before: Membership,
  { departments, version }: Membership,
): AgentEffect[] {
  const left = before.departments.filter((id) => !departments.includes(id));
  return [
    ...departments.map((departmentId) => ({ to: 'roster' as const, departmentId })),
    ...left.map((departmentId) => ({ to: 'roster-exit' as const, departmentId, version })),
  ];
}
