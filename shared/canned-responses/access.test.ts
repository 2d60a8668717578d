// Who may see, is offered and may change a canned response, cell by cell.

import { expect, test } from 'vitest';
import type { AgentPrincipal } from '#shared/identity.ts';
import { agentIdSchema, departmentIdSchema } from '#shared/ids.ts';
import * as v from 'valibot';
import { isOffered, maySee, refusedToSave } from './access.ts';
import type { CannedScope } from './canned-response.ts';

const agentId = v.parse(agentIdSchema, 'noor');
const departmentId = v.parse(departmentIdSchema, 'sales');

const SCOPES: Record<string, CannedScope> = {
  own: { kind: 'private', agentId, agentName: 'Noor' },
  other: { kind: 'private', agentId: v.parse(agentIdSchema, 'mara'), agentName: 'Mara' },
  department: { kind: 'department', departmentId },
  elsewhere: { kind: 'department', departmentId: v.parse(departmentIdSchema, 'support') },
  public: { kind: 'public' },
};

type Granted = Exclude<
  AgentPrincipal['permissions'][number],
  `${'conversation' | 'deployment'}.${string}`
>;

const holding = (...permissions: Granted[]) => ({
  agentId,
  departments: [departmentId],
  permissions,
});

const among = (holds: (scope: CannedScope) => boolean) =>
  Object.entries(SCOPES).flatMap(([name, scope]) => (holds(scope) ? [name] : []));

test.each<[Granted[], seen: string[], offered: string[]]>([
  [[], ['own', 'department', 'public'], ['own', 'department', 'public']],
  [['canned-response.save'], ['own', 'department', 'public'], ['own', 'department', 'public']],
  [
    ['canned-response.save-department'],
    ['own', 'department', 'public'],
    ['own', 'department', 'public'],
  ],
  [
    ['canned-response.save-all'],
    ['own', 'department', 'elsewhere', 'public'],
    ['own', 'department', 'elsewhere', 'public'],
  ],
  [
    ['canned-response.view-all'],
    ['own', 'other', 'department', 'elsewhere', 'public'],
    ['own', 'department', 'elsewhere', 'public'],
  ],
])('[CR1] who has %j sees %j, and is offered %j', (permissions, seen, offered) => {
  const by = holding(...permissions);
  expect(among((scope) => maySee(scope, by))).toEqual(seen);
  expect(among((scope) => isOffered(scope, by))).toEqual(offered);
});

test.each<[Granted[], string[]]>([
  [[], []],
  [['canned-response.view-all'], []],
  [['canned-response.save'], ['own']],
  [['canned-response.save-department'], ['department']],
  [['canned-response.save-all'], ['department', 'elsewhere', 'public']],
  [
    ['canned-response.save', 'canned-response.save-all', 'canned-response.view-all'],
    ['own', 'department', 'elsewhere', 'public'],
  ],
])('[CR2] who has %j may save %j', (permissions, saved) => {
  const by = holding(...permissions);
  expect(among((scope) => refusedToSave(scope, by) === null)).toEqual(saved);
});

test.each([
  ['other', 'canned-response.not-yours'],
  ['elsewhere', 'department.not-yours'],
  ['public', 'permission.missing'],
])('[CR2] a member who saves %s is told %s', (scope, code) => {
  const by = holding('canned-response.save', 'canned-response.save-department');
  expect(SCOPES[scope] && refusedToSave(SCOPES[scope], by)?.refusal.code).toBe(code);
});
