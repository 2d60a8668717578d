import { expect, test } from 'vitest';
import * as v from 'valibot';
import type { Me } from '#shared/api.ts';
import { NEW_CONVERSATION, type ConversationState } from '#shared/conversation.ts';
import { agentIdSchema, departmentIdSchema, newVisitorId } from '#shared/ids.ts';
import { againstEnding, againstTaking, type Standing } from './permission.ts';

const support = v.parse(departmentIdSchema, 'support');
const [mara, noor] = ['mara', 'noor'].map((id) => v.parse(agentIdSchema, id));
if (!mara || !noor) throw new Error('two agents');

const me: Me = {
  agentId: mara,
  name: 'Mara',
  email: 'mara@parley.example',
  username: 'mara',
  role: 'agent',
  permissions: ['conversation.take'],
  departments: [support],
};
const standing: Standing = { me, availability: 'available', held: 0, limit: 2 };
const opened = {
  visitor: { id: newVisitorId(), name: 'Anna' },
  previousId: null,
  page: null,
  openedAt: 1,
  departmentId: support,
  queuedAt: 1,
  lastMessage: null,
  lastReply: null,
};
const queued: ConversationState = { status: 'queued', ...opened };
const served = (id: typeof mara): ConversationState => ({
  status: 'serving',
  ...opened,
  agent: { id, name: id },
  takenAt: 2,
});
const closed: ConversationState = {
  status: 'closed',
  ...opened,
  agent: null,
  takenAt: null,
  closedAt: 3,
  closedBy: { kind: 'visitor' },
  comment: null,
};

test.each<[string, ConversationState, Partial<Standing>, string | null]>([
  ['a queued one', queued, {}, null],
  ['one without a state yet', NEW_CONVERSATION, {}, 'conversation.unknown'],
  ['without the permission', queued, { me: { ...me, permissions: [] } }, 'permission.missing'],
  ['of another department', queued, { me: { ...me, departments: [] } }, 'department.not-yours'],
  ['a closed one', closed, {}, 'conversation.closed'],
  ["a colleague's", served(noor), {}, 'conversation.taken'],
  ['while away', queued, { availability: 'away' }, 'agent.away'],
  ['with no free place', queued, { held: 2 }, 'agent.full'],
])('[WS13] taking %s', (_case, state, change, code) => {
  expect(againstTaking(state, { ...standing, ...change })?.code ?? null).toBe(code);
});

const chief: Standing = { ...standing, me: { ...me, permissions: ['conversation.end-others'] } };

test.each<[string, ConversationState, Standing, string | null]>([
  ['his own', served(mara), standing, null],
  ["a colleague's", served(noor), standing, 'conversation.not-yours'],
  ['a queued one', queued, standing, 'permission.missing'],
  ['a closed one', closed, chief, 'conversation.closed'],
  ["a colleague's, with the permission", served(noor), chief, null],
  ['a queued one, with the permission', queued, chief, null],
  ['one without a state yet', NEW_CONVERSATION, chief, 'conversation.unknown'],
])('[WS14] ending %s', (_case, state, who, code) => {
  expect(againstEnding(state, who)?.code ?? null).toBe(code);
});
