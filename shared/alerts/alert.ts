// What needs an agent: what it is about, and what is told of it, whether by a tab or by a device without one.

import * as v from 'valibot';
import { departmentIdSchema, type ConversationId } from '#shared/ids.ts';

/** What agents can choose how to hear of. */
export const ALERT_KINDS = ['queued', 'assigned', 'message', 'mention', 'direct', 'sla'] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

export const ALERT_REASONS = [...ALERT_KINDS, 'invited', 'unanswered'] as const;
export type AlertReason = (typeof ALERT_REASONS)[number];

/** Which choice of the agent's a reason goes by. */
export const kindOf = (reason: AlertReason): AlertKind => {
  if (reason === 'invited') return 'assigned';
  return reason === 'unanswered' ? 'queued' : reason;
};

export const alertSchema = v.object({
  reason: v.picklist(ALERT_REASONS),
  /** A conversation, or a direct chat. A later alert about the same takes the place of the one before. */
  about: v.pipe(v.string(), v.maxLength(200)),
  /** Of the event in its log that calls. */
  seq: v.number(),
  /** Who waits for the agent, or writes to them. */
  name: v.string(),
  /** null: it is of no department. */
  departmentId: v.nullable(departmentIdSchema),
  /** The beginning of what was written last. */
  text: v.string(),
  /** The page of the workspace that shows it. */
  path: v.string(),
});
export type Alert = v.InferOutput<typeof alertSchema>;

export const pathOfConversation = (id: ConversationId): string => `/inbox/${id}`;
