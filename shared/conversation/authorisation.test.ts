// Who may give which command, walked cell by cell: each command × each role × each state it may be in.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { textBody } from './body.ts';
import { authorOf, type AgentPrincipal, type Principal } from '#shared/identity.ts';
import {
  agentIdSchema,
  contactIdOfVisitor,
  departmentIdSchema,
  newCommandId,
  newVisitorId,
} from '#shared/ids.ts';
import type { Role as AccountRole } from '#shared/permissions.ts';
import { accept } from '#shared/refusals.ts';
import { parseSettings } from '#shared/settings/parse.ts';
import { rulesOf } from '#shared/settings/rules-of.ts';
import type { DecisionContext } from './decision-context.ts';
import { CLOSED, ON_HOLD, QUEUED, SERVED, type Role, type Table } from '#shared/testing/who-may.ts';
import { conversationCommandSchema, type ConversationCommand } from './commands.ts';
import { decide } from './decide.ts';
import { namedIn } from './decide-message.ts';
import { LIVECHAT, type ConversationEvent, type NewEvent } from './events.ts';
import type { MessageSent } from './message-events.ts';
import { evolve } from './evolve.ts';
import { NEW_CONVERSATION } from './state.ts';

const toml = parse(readFileSync(join(import.meta.dirname, '../../wrangler.toml'), 'utf8'));
const settings = parseSettings((toml as { vars: { settings: unknown } }).vars.settings);

const department = (id: string) => v.parse(departmentIdSchema, id);
const [sales, support] = [department('sales'), department('support')];
const fact = (name: string) => ({ id: v.parse(agentIdSchema, name.toLowerCase()), name });
const [noor, mara, tom] = [fact('Noor'), fact('Mara'), fact('Tom')];

const visitor = { kind: 'visitor', visitorId: newVisitorId() } as const;
const agent = (
  { id, name }: typeof noor,
  role: AccountRole,
  departments: (typeof sales)[],
): AgentPrincipal => ({
  kind: 'agent',
  agentId: id,
  name,
  departments,
  permissions: settings.roles[role],
  maxConversations: null,
});

/** The conversation is in Sales; Noor serves it, Mara was invited; monitor and admin have no department. */
const WHO = {
  visitor,
  /** A messaging platform that brings the visitor's words. */
  platform: { kind: 'channel', channel: 'whatsapp', visitorId: visitor.visitorId },
  agent: agent(fact('Kim'), 'agent', [sales]),
  assignee: agent(noor, 'agent', [sales]),
  helper: agent(mara, 'agent', [sales]),
  monitor: agent(fact('Mona'), 'monitor', []),
  manager: agent(fact('Max'), 'manager', [sales]),
  admin: agent(fact('Ada'), 'admin', []),
  integration: { kind: 'integration', name: 'CRM', permissions: settings.roles.admin },
} satisfies Record<Role, Principal>;
const ROLES = Object.keys(WHO) as Role[]; // The keys of a const object.

/** Those who must not even learn that the conversation exists. */
const STRANGERS = {
  'another visitor': { kind: 'visitor', visitorId: newVisitorId() },
  'a platform for another visitor': {
    kind: 'channel',
    channel: 'whatsapp',
    visitorId: newVisitorId(),
  },
  'an agent of another department': agent(fact('Omar'), 'agent', [support]),
  'an integration that may not read all': {
    kind: 'integration',
    name: 'Counter',
    permissions: ['conversation.end-others', 'conversation.manage-others'],
  },
} satisfies Record<string, Principal>;

const command = (raw: object): ConversationCommand => v.parse(conversationCommandSchema, raw);
const forward = (to: object) => command({ type: 'conversation.forward', to, comment: null });
const COMMANDS: Record<keyof Table, ConversationCommand> = {
  open: command({
    type: 'conversation.open',
    departmentId: sales,
    body: textBody('Hello?'),
    previousId: null,
    page: null,
    locale: null,
  }),
  send: command({ type: 'message.send', body: textBody('Hello') }),
  edit: command({ type: 'message.edit', message: 4, body: textBody('Good evening') }),
  delete: command({ type: 'message.delete', message: 4 }),
  'delete another’s': command({ type: 'message.delete', message: 2 }),
  take: command({ type: 'conversation.take' }),
  requeue: command({ type: 'conversation.requeue' }),
  'forward to an agent': forward({ kind: 'agent', agentId: tom.id }),
  'forward to a department': forward({ kind: 'department', departmentId: support }),
  hold: command({ type: 'conversation.hold' }),
  resume: command({ type: 'conversation.resume' }),
  invite: command({ type: 'agent.invite', agentId: tom.id }),
  leave: command({ type: 'conversation.leave' }),
  note: command({ type: 'note.add', body: textBody('They know us.'), mentions: [tom.id] }),
  details: command({ type: 'details.set', topic: 'Ferns' }),
  end: command({ type: 'conversation.end', comment: null }),
  'wrap up': command({ type: 'conversation.wrap-up', comment: 'Sold', tags: [] }),
};

const eventsOf = (facts: readonly [NewEvent, Principal][]) =>
  facts.map(([what, by], index): ConversationEvent => {
    const envelope = { by: authorOf(by), seq: index + 1, at: index, id: newCommandId() };
    return { ...what, ...envelope };
  });

const opened: [NewEvent, Principal][] = [
  [
    {
      type: 'conversation.opened',
      visitor: { id: visitor.visitorId, name: 'Visitor' },
      departmentId: sales,
      previousId: null,
      page: null,
      wanted: null,
      channel: LIVECHAT,
      locale: null,
      contactId: contactIdOfVisitor(visitor.visitorId),
    },
    visitor,
  ],
  [{ type: 'message.sent', body: textBody('Hello?') }, visitor],
];
const answered: [NewEvent, Principal][] = [
  ...opened,
  [{ type: 'conversation.taken', agent: noor }, WHO.assignee],
  [{ type: 'message.sent', body: textBody('Good morning') }, WHO.assignee],
  [{ type: 'agent.joined', agent: mara }, WHO.assignee],
];

/** Every agent who is asked for a slot says yes, and so does every department. */
const context = (by: Principal, message: MessageSent | null): DecisionContext => ({
  by,
  message,
  now: 100,
  after: 9,
  rules: rulesOf(settings),
  slot: accept(tom),
  admission: accept(support),
});

describe.each<[situation: string, Table, [NewEvent, Principal][]]>([
  ['queued', QUEUED, opened],
  ['served', SERVED, answered],
  ['on hold', ON_HOLD, [...answered, [{ type: 'conversation.held' }, WHO.assignee]]],
  ['closed', CLOSED, [...answered, [{ type: 'conversation.ended' }, visitor]]],
])('a conversation that is %s', (_situation, table, facts) => {
  const outcomeOf = (one: ConversationCommand, by: Principal) => {
    const events = eventsOf(facts);
    const named = events.find(({ seq }) => seq === namedIn(one));
    const message = named?.type === 'message.sent' ? named : null;
    const verdict = decide(events.reduce(evolve, NEW_CONVERSATION), one, context(by, message));
    return verdict.ok ? 'accepted' : verdict.refusal.code;
  };

  // The keys of a const object.
  test.each(Object.keys(COMMANDS) as (keyof Table)[])('[AZ1] %s, by each role', (name) => {
    const outcomes = ROLES.map((role) => [role, outcomeOf(COMMANDS[name], WHO[role])]);
    const expected = Object.entries(table[name]).flatMap(([outcome, roles]) =>
      roles.map((role) => [role, outcome]),
    );
    expect(Object.fromEntries(outcomes)).toEqual(Object.fromEntries(expected));
  });

  test.each(Object.entries(STRANGERS))('[AZ1] every command, by %s', (_who, by) => {
    for (const one of Object.values(COMMANDS)) {
      expect(outcomeOf(one, by)).toBe('conversation.unknown');
    }
  });
});
