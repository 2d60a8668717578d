// Who may give which command, walked cell by cell: each command × each role × each state it may be in.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { textBody } from './body.ts';
import type { ConnectedPrincipal } from '#shared/identity.ts';
import {
  agentIdSchema,
  contactIdOfVisitor,
  departmentIdSchema,
  newCommandId,
  newVisitorId,
} from '#shared/ids.ts';
import type { Role as DeskRole } from '#shared/permissions.ts';
import { accept } from '#shared/refusals.ts';
import { parseSettings } from '#shared/settings/parse.ts';
import { rulesOf } from '#shared/settings/rules-of.ts';
import type { DecisionContext } from './decision-context.ts';
import { conversationCommandSchema, type ConversationCommand } from './commands.ts';
import { decide } from './decide.ts';
import { LIVECHAT, type NewEvent } from './events.ts';
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
  role: DeskRole,
  departments: (typeof sales)[],
): ConnectedPrincipal => ({
  kind: 'agent',
  agentId: id,
  name,
  departments,
  permissions: settings.roles[role],
  chatsAtMost: null,
});

/** The conversation is in Sales; Noor serves it, Mara was invited; monitor and admin have no department. */
const WHO = {
  'another visitor': { kind: 'visitor', visitorId: newVisitorId() },
  'the visitor': visitor,
  outsider: agent(fact('Omar'), 'agent', [support]),
  agent: agent(fact('Kim'), 'agent', [sales]),
  'who serves': agent(noor, 'agent', [sales]),
  'who was invited': agent(mara, 'agent', [sales]),
  monitor: agent(fact('Mona'), 'monitor', []),
  manager: agent(fact('Max'), 'manager', [sales]),
  admin: agent(fact('Ada'), 'admin', []),
} satisfies Record<string, ConnectedPrincipal>;
type Role = keyof typeof WHO;
const ROLES = Object.keys(WHO) as Role[]; // The keys of a const object.

const command = (raw: object): ConversationCommand => v.parse(conversationCommandSchema, raw);
const forward = (to: object) => command({ type: 'conversation.forward', to, comment: null });
const COMMANDS = {
  open: command({
    type: 'conversation.open',
    departmentId: sales,
    body: textBody('Hello?'),
    previousId: null,
    page: null,
    locale: null,
  }),
  send: command({ type: 'message.send', body: textBody('Hello') }),
  take: command({ type: 'conversation.take' }),
  requeue: command({ type: 'conversation.requeue' }),
  'forward to an agent': forward({ kind: 'agent', agentId: tom.id }),
  'forward to a department': forward({ kind: 'department', departmentId: support }),
  hold: command({ type: 'conversation.hold' }),
  resume: command({ type: 'conversation.resume' }),
  invite: command({ type: 'agent.invite', agentId: tom.id }),
  leave: command({ type: 'conversation.leave' }),
  details: command({ type: 'details.set', topic: 'Ferns' }),
  end: command({ type: 'conversation.end', comment: null }),
};

const YES = 'accepted';
const UNKNOWN = 'conversation.unknown';
const LACKS = 'permission.missing';
const FREE = 'conversation.not-taken';
const OTHERS = 'conversation.not-yours';
const TAKEN = 'conversation.taken';
const HELD = 'conversation.on-hold';
const GOES_ON = 'conversation.not-on-hold';
const GUEST = 'conversation.not-invited';
const FOREIGN = 'department.not-yours';

const nothing = Array.from(Object.keys(COMMANDS), () => UNKNOWN);

// In the order of COMMANDS: open, send, take, requeue, forward ×2, hold, resume, invite, leave, details, end.
const QUEUED: Record<Role, string[]> = {
  'another visitor': nothing,
  'the visitor': ['conversation.exists', YES, LACKS, LACKS, LACKS, LACKS, LACKS, LACKS, FREE, GUEST, LACKS, YES], // prettier-ignore
  outsider: nothing,
  agent: [UNKNOWN, FREE, YES, FREE, FREE, FREE, FREE, FREE, FREE, GUEST, FREE, LACKS],
  'who serves': [UNKNOWN, FREE, YES, FREE, FREE, FREE, FREE, FREE, FREE, GUEST, FREE, LACKS],
  'who was invited': [UNKNOWN, FREE, YES, FREE, FREE, FREE, FREE, FREE, FREE, GUEST, FREE, LACKS],
  monitor: [UNKNOWN, FREE, LACKS, FREE, YES, YES, LACKS, GOES_ON, FREE, GUEST, YES, YES],
  manager: [UNKNOWN, FREE, YES, FREE, YES, YES, FREE, GOES_ON, FREE, GUEST, YES, YES],
  admin: [UNKNOWN, FREE, FOREIGN, FREE, YES, YES, FREE, GOES_ON, FREE, GUEST, YES, YES],
};

/** The agent wrote last, so that it may be slotted on hold. */
const SERVED: Record<Role, string[]> = {
  ...QUEUED,
  'the visitor': ['conversation.exists', YES, LACKS, LACKS, LACKS, LACKS, LACKS, LACKS, LACKS, GUEST, LACKS, YES], // prettier-ignore
  agent: [UNKNOWN, OTHERS, TAKEN, OTHERS, OTHERS, OTHERS, OTHERS, OTHERS, OTHERS, GUEST, OTHERS, OTHERS], // prettier-ignore
  'who serves': [UNKNOWN, YES, YES, YES, YES, YES, YES, GOES_ON, YES, GUEST, YES, YES],
  'who was invited': [UNKNOWN, YES, TAKEN, OTHERS, OTHERS, OTHERS, OTHERS, OTHERS, YES, YES, OTHERS, OTHERS], // prettier-ignore
  monitor: [UNKNOWN, OTHERS, LACKS, YES, YES, YES, LACKS, GOES_ON, YES, GUEST, YES, YES],
  manager: [UNKNOWN, OTHERS, TAKEN, YES, YES, YES, YES, GOES_ON, YES, GUEST, YES, YES],
  admin: [UNKNOWN, OTHERS, FOREIGN, YES, YES, YES, YES, GOES_ON, YES, GUEST, YES, YES],
};

const ON_HOLD: Record<Role, string[]> = {
  ...SERVED,
  agent: [UNKNOWN, OTHERS, TAKEN, OTHERS, OTHERS, OTHERS, OTHERS, OTHERS, OTHERS, GUEST, OTHERS, OTHERS], // prettier-ignore
  'who serves': [UNKNOWN, HELD, YES, HELD, HELD, HELD, HELD, YES, YES, GUEST, YES, YES],
  'who was invited': [UNKNOWN, HELD, TAKEN, OTHERS, OTHERS, OTHERS, OTHERS, OTHERS, YES, YES, OTHERS, OTHERS], // prettier-ignore
  monitor: [UNKNOWN, OTHERS, LACKS, HELD, HELD, HELD, LACKS, YES, YES, GUEST, YES, YES],
  manager: [UNKNOWN, OTHERS, TAKEN, HELD, HELD, HELD, HELD, YES, YES, GUEST, YES, YES],
  admin: [UNKNOWN, OTHERS, FOREIGN, HELD, HELD, HELD, HELD, YES, YES, GUEST, YES, YES],
};

const happened = (facts: readonly [NewEvent, ConnectedPrincipal][]) =>
  facts.reduce((state, [what, by], index) => {
    const author = by.kind === 'agent' ? { kind: by.kind, id: by.agentId, name: by.name } : by;
    return evolve(state, { ...what, by: author, seq: index + 1, at: index, id: newCommandId() });
  }, NEW_CONVERSATION);

const opened: [NewEvent, ConnectedPrincipal][] = [
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
const answered: [NewEvent, ConnectedPrincipal][] = [
  ...opened,
  [{ type: 'conversation.taken', agent: noor }, WHO['who serves']],
  [{ type: 'message.sent', body: textBody('Good morning') }, WHO['who serves']],
  [{ type: 'agent.joined', agent: mara }, WHO['who serves']],
];

/** Everybody who is asked for a slot or lets conversations in says yes. */
const asked = (by: ConnectedPrincipal): DecisionContext => ({
  ...{ by, after: 9, rules: rulesOf(settings) },
  slot: accept(tom),
  admission: accept(support),
});

describe.each([
  ['queued', QUEUED, opened],
  ['served', SERVED, answered],
  ['on hold', ON_HOLD, [...answered, [{ type: 'conversation.held' }, WHO['who serves']]]],
] as const)('a conversation that is %s', (_situation, table, facts) => {
  test.each(ROLES)('[AZ1] each command by %s', (role) => {
    const outcome = Object.entries(COMMANDS).map(([name, one]) => {
      const verdict = decide(
        happened(facts as [NewEvent, ConnectedPrincipal][]),
        one,
        asked(WHO[role]),
      );
      return [name, verdict.ok ? YES : verdict.refusal.code];
    });
    const names = Object.keys(COMMANDS);
    expect(outcome).toEqual(names.map((name, index) => [name, table[role][index]]));
  });
});
