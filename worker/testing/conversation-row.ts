// A row of the index of conversations, for tests.

import * as v from 'valibot';
import {
  contactIdOfVisitor,
  departmentIdSchema,
  newConversationId,
  newVisitorId,
} from '#shared/ids.ts';
import type { ConversationRow } from '../io/conversations.ts';

export const aConversationRow = (changes: Partial<ConversationRow> = {}): ConversationRow => ({
  conversationId: newConversationId(),
  seq: 1,
  status: 'queued',
  departmentId: v.parse(departmentIdSchema, 'sales'),
  channel: 'livechat',
  contactId: contactIdOfVisitor(newVisitorId()),
  visitorName: 'Visitor 7',
  agentId: null,
  agentName: null,
  tags: [],
  priority: null,
  sla: null,
  preview: 'Hello',
  previousId: null,
  openedAt: 1000,
  closedAt: null,
  unansweredSince: null,
  lastMessageAt: 1000,
  fields: {},
  comment: null,
  ...changes,
});
