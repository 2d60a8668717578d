// Who may begin the next conversation with a contact, by role: no socket takes that command, a route gives it.

import { expect, test } from 'vitest';
import { textBody } from './body.ts';
import { accept, refuse } from '#shared/refusals.ts';
import { contactIdOfVisitor, newConversationId } from '#shared/ids.ts';
import { asked, by, queued, visitor } from '#shared/testing/decisions.ts';
import { SALES, SUPPORT, TOM, VISITOR } from '#shared/testing/logs.ts';
import { conversationCommandSchema, type BeginCommand } from './commands.ts';
import { decide } from './decide.ts';
import type { DecisionContext } from './decision-context.ts';
import { NEW_CONVERSATION, type ConversationState } from './state.ts';

const begin: BeginCommand = {
  ...{ type: 'conversation.begin', previousId: newConversationId(), departmentId: SALES },
  ...{ visitor: VISITOR, contactId: contactIdOfVisitor(VISITOR.id), locale: 'de' },
  ...{ channel: 'livechat', body: textBody('It is back.') },
};

const told = (
  more: Partial<DecisionContext> = {},
  command: Partial<BeginCommand> = {},
  state: ConversationState = NEW_CONVERSATION,
) => {
  const verdict = decide(state, { ...begin, ...command }, asked(more));
  return verdict.ok ? verdict.value.map(({ type }) => type) : verdict.refusal.code;
};

test('[CI14] it opens, is taken and begins with what the agent writes', () => {
  expect(told()).toEqual(['conversation.opened', 'conversation.taken', 'message.sent']);
});

test.each<[string, Partial<DecisionContext>, string]>([
  ['the visitor', { by: visitor }, 'permission.missing'],
  ['an agent who may not take', { by: { ...by, permissions: [] } }, 'permission.missing'],
  ['an agent elsewhere', { by: { ...by, departments: [SUPPORT] } }, 'department.not-yours'],
  [
    'an integration',
    { by: { kind: 'integration', name: 'CRM', permissions: ['conversation.take'] } },
    'department.not-yours',
  ],
  ['an agent who is away', { slot: refuse('agent.away', { agent: TOM.name }) }, 'agent.away'],
])('[CI14] [AZ1] %s does not', (_who, more, code) => {
  expect(told(more)).toBe(code);
});

test('[CI14] not where only the contact can begin, nor what has begun', () => {
  expect(told({}, { channel: 'whatsapp' })).toBe('channel.not-writable');
  expect(told({}, {}, queued)).toBe('conversation.exists');
  const elsewhere = { ...by, departments: [] };
  expect(told({ by: elsewhere }, {}, queued)).toBe('conversation.unknown');
  expect(told({ slot: accept(TOM) }, { body: textBody('x'.repeat(20_001)) })).toBe(
    'message.too-long',
  );
});

test('[CI14] no socket takes it', () => {
  const types = conversationCommandSchema.options.map(({ entries }) => entries.type.literal);
  expect(types).not.toContain('conversation.begin');
});
