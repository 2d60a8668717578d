// Conversations in the states that decisions are tested in, and the people who ask.

import * as v from 'valibot';
import { textBody } from '#shared/conversation/body.ts';
import type { DecisionContext } from '#shared/conversation/decision-context.ts';
import {
  conversationCommandSchema,
  type ConversationCommand,
} from '#shared/conversation/commands.ts';
import { decide } from '#shared/conversation/decide.ts';
import type { NewEvent } from '#shared/conversation/events.ts';
import type { ConversationState } from '#shared/conversation/state.ts';
import type { AgentPrincipal, Author } from '#shared/identity.ts';
import { accept } from '#shared/refusals.ts';
import { rulesOf } from '#shared/settings/rules-of.ts';
import type { SettingsSource } from '#shared/settings/schema.ts';
import { held, said, taken } from './facts.ts';
import {
  agentAuthor,
  fold,
  logOf,
  NOOR,
  OPENING,
  SALES,
  START,
  SUPPORT,
  TOM,
  VISITOR,
} from './logs.ts';
import { settingsWith } from './settings.ts';

export const rules = (more: Partial<SettingsSource> = {}) =>
  rulesOf(
    settingsWith({
      hold: { allowed: true },
      tags: ['Order', 'Return'],
      priorities: [
        { id: 'urgent', name: 'Urgent' },
        { id: 'normal', name: 'Normal' },
      ],
      sla: [{ id: 'gold', name: 'Gold', due_minutes: 15 }],
      ...more,
    }),
  );

export const by: AgentPrincipal = {
  ...{ kind: 'agent', agentId: NOOR.id, name: NOOR.name, departments: [SALES] },
  permissions: ['conversation.take', 'conversation.transfer', 'conversation.hold'],
  maxConversations: null,
};
export const visitor = { kind: 'visitor', visitorId: VISITOR.id } as const;
export const byNoor = agentAuthor(NOOR);

/** Nobody who is asked says no. */
export const asked = (more: Partial<DecisionContext> = {}): DecisionContext => ({
  ...{ by, after: 99, rules: rules() },
  ...{ slot: accept(TOM), admission: accept(SUPPORT), message: null, now: START },
  ...more,
});

export const after = (...facts: readonly (readonly [NewEvent, Author])[]): ConversationState =>
  fold(logOf([OPENING, ...facts.map(([fact, author]) => ({ fact, by: author, later: 1000 }))]));

export const asks = [
  { type: 'message.sent', body: textBody('Hello?') },
  { kind: 'visitor' },
] as const;
export const takenByNoor = [taken, byNoor] as const;
export const answeredByNoor = [said, byNoor] as const;
const heldByNoor = [held, byNoor] as const;

export const queued = after(asks);
export const serving = after(asks, takenByNoor, answeredByNoor);
export const onHold = after(asks, takenByNoor, answeredByNoor, heldByNoor);

export const command = (raw: object): ConversationCommand =>
  v.parse(conversationCommandSchema, raw);
export const toAgent = command({
  type: 'conversation.forward',
  to: { kind: 'agent', agentId: TOM.id },
  comment: null,
});
export const toDepartment = (departmentId: string, comment: string | null = null) =>
  command({ type: 'conversation.forward', to: { kind: 'department', departmentId }, comment });
export const requeue = command({ type: 'conversation.requeue' });
export const toHold = command({ type: 'conversation.hold' });
export const resume = command({ type: 'conversation.resume' });
export const invite = command({ type: 'agent.invite', agentId: TOM.id });
export const end = (more: object = {}) =>
  command({ type: 'conversation.end', comment: null, ...more });
export const details = (more: object) => command({ type: 'details.set', ...more });
export const reply = command({ type: 'message.send', body: textBody('Yes, both.') });

/** The facts, or the code of the refusal. */
export const told = (
  state: ConversationState,
  what: ConversationCommand,
  more: Partial<DecisionContext> = {},
) => {
  const verdict = decide(state, what, asked(more));
  return verdict.ok ? verdict.value : verdict.refusal.code;
};
