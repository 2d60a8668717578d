import { describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { LIVECHAT, NO_DETAILS } from '#shared/conversation/events.ts';
import {
  NEW_CONVERSATION,
  type ConversationState,
  type QueuedConversation,
} from '#shared/conversation/state.ts';
import {
  agentIdSchema,
  departmentIdSchema,
  newConversationId,
  contactIdOfVisitor,
  newVisitorId,
} from '#shared/ids.ts';
import type { SlotOfDepartment } from '#shared/slots.ts';
import { refuse } from '#shared/refusals.ts';
import type { Rules } from '#shared/settings/rules.ts';
import { ACTIONS } from './all.ts';
import { previewAction, type Situation } from './preview-action.ts';

const support = v.parse(departmentIdSchema, 'support');
const agentId = v.parse(agentIdSchema, 'mara');
const mara = { id: agentId, name: 'Mara' };
const noor = { id: v.parse(agentIdSchema, 'noor'), name: 'Noor' };
const id = newConversationId();

const department: Rules['departments'][number] = {
  ...{ id: support, name: 'Support', enabled: true, isManual: true, holdAllowed: true },
  editWithinSeconds: 900,
  ...{ commentRequired: true, tagsRequired: true, maxConversationsPerAgent: null },
  hours: null,
};
const rules: Rules = {
  messageCharacters: 100,
  editWithinSeconds: 900,
  departments: [department],
  invitedCount: false,
  tags: ['Order'],
  priorities: [{ id: 'normal', name: 'Normal' }],
  defaultPriority: 'normal',
  sla: [],
  customFields: [],
  awayReasons: [],
  awayAfterIdleMinutes: 0,
};
const situation: Situation = {
  by: {
    ...{ kind: 'agent', agentId, name: 'Mara', departments: [support], maxConversations: null },
    permissions: ['conversation.take', 'conversation.transfer', 'conversation.hold'],
  },
  ...{ rules, availability: 'available', slots: [], limit: 2 },
};

const visitor = { id: newVisitorId(), name: 'Anna' };
const open: Omit<QueuedConversation, 'status'> = {
  initialName: visitor.name,
  ...{ visitor, channel: LIVECHAT, locale: null, contactId: contactIdOfVisitor(visitor.id) },
  ...{
    client: null,
    previousId: null,
    page: null,
    wanted: null,
    openedAt: 1,
    departmentId: support,
  },
  lastMessage: { seq: 2, at: 2, from: 'agent', preview: '' },
  ...{ queuedAt: 1, lastReply: null, turn: null, helpers: [], details: NO_DETAILS, lostBy: null },
  amendedAt: 0,
  ...{ mentioned: [], warnedSla: null },
  timing: { waitedMs: 0, answers: 0, answeredMs: 0, firstMs: null },
};
const served = { takenAt: 2, hasAnswered: true, resumedAt: null };
const queued: ConversationState = { status: 'queued', ...open };
const own: ConversationState = { status: 'serving', ...open, ...served, agent: mara };
const others: ConversationState = { status: 'serving', ...open, ...served, agent: noor };
const helped: ConversationState = { ...others, helpers: [mara] };
const held: ConversationState = { ...own, status: 'held', heldAt: 3, until: null };
const unanswered: ConversationState = {
  ...own,
  lastMessage: { seq: 2, at: 2, from: 'visitor', preview: '' },
};
const closed: ConversationState = {
  ...{ status: 'closed', ...open, agent: null, takenAt: null, closedAt: 3, comment: null },
  ...{ closedBy: { kind: 'visitor' }, nextId: null },
};

const slots = (
  as: SlotOfDepartment['as'],
  count: number,
  departmentId = support,
): SlotOfDepartment[] =>
  Array.from({ length: count }, () => ({ conversationId: newConversationId(), departmentId, as }));
const serving = (count: number) => slots('serving', count);
const sales = v.parse(departmentIdSchema, 'sales');
const withRules = (change: Partial<typeof department>): Partial<Situation> => ({
  rules: { ...rules, departments: [{ ...department, ...change }] },
});
/** One of a department's conversations is served already, and it allows so many. */
const allowing = (maxConversationsPerAgent: number, of: typeof support): Partial<Situation> => ({
  ...withRules({ maxConversationsPerAgent }),
  slots: slots('serving', 1, of),
});
const helpingWith = (count: number, invitedCount: boolean): Partial<Situation> => ({
  rules: { ...rules, invitedCount },
  slots: slots('helping', count),
});
const without: Partial<Situation> = { by: { ...situation.by, permissions: [] } };

/** What the action would ask for. */
function commandOf(id: string) {
  const command = ACTIONS.find((action) => action.id === id)?.command;
  if (!command) throw new Error(`${id} asks for nothing`);
  return command;
}

function against(action: string, state: ConversationState, change: Partial<Situation>) {
  const now = { ...situation, ...change };
  const verdict = previewAction({ id, state, seq: 9 }, commandOf(action)(now.rules), now);
  return verdict.ok ? null : verdict.refusal.code;
}

type Case = [string, string, ConversationState, Partial<Situation>, string | null];

describe('[WS13] an action is judged by the rules that the server decides by', () => {
  test.each<Case>([
    ['take', 'a queued one', queued, {}, null],
    ['take', 'one without a state yet', NEW_CONVERSATION, {}, 'conversation.unknown'],
    ['take', 'without the permission', queued, without, 'permission.missing'],
    ['take', 'a closed one', closed, {}, 'conversation.closed'],
    ['take', "a colleague's", others, {}, 'conversation.taken'],
    ['take', 'while away', queued, { availability: 'away' }, 'agent.away'],
    ['take', 'with every slot taken', queued, { slots: serving(2) }, 'agent.full'],
    ['take', 'with a free slot', queued, { slots: serving(1) }, null],
    ['take', 'with others on hold', queued, { slots: slots('on-hold', 2) }, null],
    ['take', 'with as many as its department allows', queued, allowing(1, support), 'agent.full'],
    ['take', "with another department's", queued, allowing(1, sales), null],
    ['take', 'as one who helps with others', queued, helpingWith(2, false), null],
    ['take', 'as one whose help counts', queued, helpingWith(2, true), 'agent.full'],
    ['requeue', 'their own', own, {}, null],
    [
      'requeue',
      'where the department assigns',
      own,
      withRules({ isManual: false }),
      'routing.automatic',
    ],
    ['requeue', "a colleague's", others, {}, 'conversation.not-yours'],
    ['forward', 'their own', own, {}, null],
    ['forward', 'without the permission', own, without, 'permission.missing'],
    ['forward', 'a held one', held, {}, 'conversation.on-hold'],
    ['hold', 'an answered one', own, {}, null],
    ['hold', 'while the visitor waits', unanswered, {}, 'hold.visitor-waits'],
    ['hold', 'where it is switched off', own, withRules({ holdAllowed: false }), 'hold.disabled'],
    ['resume', 'a held one', held, {}, null],
    ['resume', 'with every slot taken', held, { slots: serving(2) }, 'agent.full'],
    ['resume', 'one that is not held', own, {}, 'conversation.not-on-hold'],
    ['invite', 'to their own', own, {}, null],
    ['invite', 'as one who was invited', helped, {}, null],
    ['invite', "to a colleague's", others, {}, 'conversation.not-yours'],
    ['leave', 'as one who was invited', helped, {}, null],
    ['leave', 'their own', own, {}, 'conversation.not-invited'],
    ['edit', 'their own', own, {}, null],
    ['edit', 'a queued one', queued, {}, 'conversation.not-taken'],
    ['reply', 'as one who was invited', helped, {}, null],
    ['reply', 'to a held one', held, {}, 'conversation.on-hold'],
  ])('%s %s', (action, _case, state, change, code) => {
    expect(against(action, state, change)).toBe(code);
  });
});

const chief: Partial<Situation> = {
  by: { ...situation.by, permissions: ['conversation.end-others', 'conversation.manage-others'] },
};

test.each<Case>([
  ['end', 'their own', own, {}, null],
  ['end', "a colleague's", others, {}, 'conversation.not-yours'],
  ['end', 'a queued one', queued, {}, 'permission.missing'],
  ['end', 'a closed one', closed, chief, 'conversation.closed'],
  ['end', "a colleague's, with the permission", others, chief, null],
  ['end', 'a queued one, with the permission', queued, chief, null],
  ['edit', "a colleague's, with the permission", others, chief, null],
])('[WS14] %s %s', (action, _case, state, change, code) => {
  expect(against(action, state, change)).toBe(code);
});

test("[WS13] a colleague's slot is taken for granted until it is known", () => {
  const command = { type: 'agent.invite', agentId: noor.id } as const;
  const judged = { id, state: own, seq: 9 };
  expect(previewAction(judged, command, situation).ok).toBe(true);
  const offline = previewAction(
    judged,
    command,
    situation,
    refuse('agent.offline', { agent: 'Noor' }),
  );
  expect(offline).toEqual(refuse('agent.offline', { agent: 'Noor' }));
});
