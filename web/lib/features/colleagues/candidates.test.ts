import { expect, test } from 'vitest';
import * as v from 'valibot';
import type { Colleagues } from '#shared/api.ts';
import { agentIdSchema, departmentIdSchema } from '#shared/ids.ts';
import { accept, refuse } from '#shared/refusals.ts';
import { agentsFor, departmentsFor, helpersFor, type Preview } from './candidates.ts';

const sales = v.parse(departmentIdSchema, 'sales');
const agent = (
  name: string,
  change: Partial<Colleagues['agents'][number]> = {},
): Colleagues['agents'][number] => ({
  ...{ agentId: v.parse(agentIdSchema, name), name, username: name, departments: [sales] },
  ...{ availability: 'available', isFull: false, ...change },
});
const department = (id: string, enabled: boolean, online: boolean) => ({
  ...{ id: v.parse(departmentIdSchema, id), name: id, enabled, online },
});
const colleagues: Colleagues = {
  agents: [
    agent('away', { availability: 'away' }),
    agent('offline', { availability: 'offline' }),
    agent('full', { isFull: true }),
    agent('serving'),
    agent('zoe'),
    agent('ben'),
  ],
  departments: [
    department('sales', true, true),
    department('support', true, false),
    department('archive', false, true),
  ],
};

/** The decision in small: whether the colleague has a slot, and where the conversation is already. */
const preview: Preview = (command, colleague) => {
  if (command.type === 'agent.invite' && command.agentId === 'serving') return accept([]);
  if (command.type === 'conversation.forward' && command.to.kind === 'department') {
    const { departmentId } = command.to;
    if (departmentId === 'archive') return refuse('department.disabled', { department: 'archive' });
    if (departmentId === 'sales') return refuse('forward.same-department');
  }
  if (command.type === 'conversation.forward' && command.to.kind === 'agent') {
    if (command.to.agentId === 'serving') return refuse('forward.same-agent', { agent: 'serving' });
  }
  if (colleague?.ok === false) return colleague;
  return accept([{ type: 'conversation.resumed' }]);
};

const told = (candidates: ReturnType<typeof departmentsFor | typeof helpersFor>) =>
  candidates.map(({ name, status, isBlocked }) => [name, status, !isBlocked]);

test('[WS29] who can be forwarded to comes first, and all the others say why not', () => {
  expect(told(agentsFor(colleagues, preview))).toEqual([
    ['ben', 'available', true],
    ['zoe', 'available', true],
    ['away', 'away', false],
    ['full', 'full', false],
    ['offline', 'offline', false],
    ['serving', 'serving', false],
  ]);
});

test('[WS29] departments keep their order; an unattended one can be chosen: the server knows better', () => {
  expect(told(departmentsFor(colleagues, preview))).toEqual([
    ['sales', 'here', false],
    ['support', 'unattended', true],
    ['archive', 'disabled', false],
  ]);
});

test('[WS32] everyone who is there can be invited, away or full, unless they take part already', () => {
  expect(told(helpersFor(colleagues, preview))).toEqual([
    ['away', 'away', true],
    ['ben', 'available', true],
    ['full', 'available', true],
    ['zoe', 'available', true],
    ['offline', 'offline', false],
    ['serving', 'present', false],
  ]);
});
