// Refusals of a message after which it goes elsewhere.

import type { Refusal } from '#shared/refusals.ts';

/** A message refused for one of these is written into another conversation instead. */
export const MOVES_ON: readonly Refusal['code'][] = [
  'conversation.closed',
  'conversation.unknown',
  'conversation.full',
];
/** Nobody takes a new conversation: what was written becomes an offline message. */
export const TURNS_AWAY: readonly Refusal['code'][] = [
  'department.offline',
  'department.disabled',
  'department.full',
];
