// A conversation as a line of a list.

import * as v from 'valibot';
import { conversationIdSchema, departmentIdSchema, type ConversationId } from '#shared/ids.ts';
import type { OpenedConversation } from './state.ts';

export const conversationSummarySchema = v.object({
  conversationId: conversationIdSchema,
  departmentId: departmentIdSchema,
  visitorName: v.string(),
  status: v.picklist(['queued', 'serving', 'held', 'closed']),
  /** Null: no agent has taken it. */
  agentName: v.nullable(v.string()),
  preview: v.string(),
  openedAt: v.number(),
  closedAt: v.nullable(v.number()),
});
export type ConversationSummary = v.InferOutput<typeof conversationSummarySchema>;

export function summaryOf(
  conversationId: ConversationId,
  state: OpenedConversation,
): ConversationSummary {
  return {
    conversationId,
    departmentId: state.departmentId,
    visitorName: state.visitor.name,
    status: state.status,
    agentName: state.status === 'queued' ? null : (state.agent?.name ?? null),
    preview: state.lastMessage?.preview ?? '',
    openedAt: state.openedAt,
    closedAt: state.status === 'closed' ? state.closedAt : null,
  };
}
