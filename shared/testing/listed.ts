// A conversation as lists have it, for tests.

import * as v from 'valibot';
import type { ListedConversation } from '#shared/conversation-lists/list.ts';
import {
  contactIdOfVisitor,
  departmentIdSchema,
  newConversationId,
  newVisitorId,
} from '#shared/ids.ts';

export const aListed = (changes: Partial<ListedConversation> = {}): ListedConversation => ({
  conversationId: newConversationId(),
  departmentId: v.parse(departmentIdSchema, 'sales'),
  visitorName: 'Visitor 7',
  status: 'queued',
  agentName: null,
  preview: 'Hello',
  openedAt: 1000,
  closedAt: null,
  channel: 'livechat',
  agentId: null,
  contactId: contactIdOfVisitor(newVisitorId()),
  tags: [],
  priority: null,
  sla: null,
  unansweredSince: null,
  lastMessageAt: 1000,
  fields: {},
  ...changes,
});
