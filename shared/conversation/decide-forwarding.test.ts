import { describe, expect, test } from 'vitest';
import { accept, refuse } from '#shared/refusals.ts';
import {
  asked,
  by,
  command,
  onHold,
  queued,
  requeue,
  rules,
  serving,
  toAgent,
  toDepartment,
  told,
} from '#shared/testing/decisions.ts';
import { NOOR, SALES, SUPPORT, TOM } from '#shared/testing/logs.ts';
import { decide } from './decide.ts';

describe('back to the queue', () => {
  test('[LF3] under manual routing only', () => {
    expect(told(serving, requeue)).toEqual([{ type: 'conversation.requeued', because: 'moved' }]);
    const automatic = rules({ routing: { method: 'load-rotation' } });
    expect(told(serving, requeue, { rules: automatic })).toBe('routing.automatic');
    const here = rules({
      departments: [{ id: 'sales', name: 'Sales', routing: { method: 'load-balancing' } }],
    });
    expect(told(serving, requeue, { rules: here })).toBe('routing.automatic');
  });

  test('[LF4] not what waits, and not what is on hold', () => {
    const manager = { by: { ...by, permissions: ['conversation.manage-others' as const] } };
    expect(told(queued, requeue, manager)).toBe('conversation.not-taken');
    expect(told(onHold, requeue)).toBe('conversation.on-hold');
  });

  test('[LF4] not out of a department that the settings no longer have', () => {
    const gone = rules({ departments: [{ id: 'support', name: 'Support' }] });
    expect(told(serving, requeue, { rules: gone })).toBe('routing.automatic');
  });
});

describe('forwarding to a colleague', () => {
  test('[LF6] they serve it, in its department', () => {
    expect(told(serving, toAgent)).toEqual([
      { type: 'conversation.forwarded', departmentId: SALES, agent: TOM },
    ]);
  });

  test.each([
    [refuse('agent.away', { agent: 'Tom' }), 'colleague.away'],
    [refuse('agent.full', { agent: 'Tom', limit: 3 }), 'colleague.full'],
    [refuse('agent.offline', { agent: 'Tom' }), 'agent.offline'],
    [refuse('agent.offline', { agent: '' }), 'agent.unknown'],
  ])('[LF7] they say %j', (slot, code) => {
    expect(told(serving, toAgent, { slot })).toBe(code);
  });

  test('[LF7] the refusal names the colleague and their limit', () => {
    const slot = refuse('agent.full', { agent: 'Tom', limit: 3 });
    expect(decide(serving, toAgent, asked({ slot }))).toMatchObject({
      refusal: { details: { agent: 'Tom', limit: 3 } },
    });
  });

  test('[LF7] not to who serves it', () => {
    const toNoor = command({
      type: 'conversation.forward',
      to: { kind: 'agent', agentId: NOOR.id },
      comment: null,
    });
    expect(told(serving, toNoor)).toBe('forward.same-agent');
  });
});

describe('forwarding to a department', () => {
  test('[LF8] it enters the queue that lets it in', () => {
    const [mine, returns] = [SALES, 'returns'].map((id) => toDepartment(id));
    expect(mine && told(serving, mine)).toBe('forward.same-department');
    expect(returns && told(serving, returns)).toBe('department.unknown');
    expect(told(serving, toDepartment(SUPPORT))).toEqual([
      { type: 'conversation.forwarded', departmentId: SUPPORT, agent: null },
    ]);
  });

  test('[LF9] not one that is out of use', () => {
    const departments = [
      { id: 'sales', name: 'Sales' },
      { id: 'support', name: 'Support', enabled: false },
    ];
    expect(told(serving, toDepartment(SUPPORT), { rules: rules({ departments }) })).toBe(
      'department.disabled',
    );
  });

  test('[LF9] not one where nobody is and a form stands in', () => {
    const admission = refuse('department.offline');
    expect(told(serving, toDepartment(SUPPORT), { admission })).toBe('department.offline');
  });

  test('[LF9] not one that only its own would stand in for', () => {
    const admission = accept(SALES);
    expect(told(serving, toDepartment(SUPPORT), { admission })).toBe('forward.same-department');
  });

  test('[LF10] a comment goes before it', () => {
    expect(told(serving, toDepartment(SUPPORT, 'Wants it by Friday'))).toMatchObject([
      { type: 'comment.added', text: 'Wants it by Friday' },
      { type: 'conversation.forwarded' },
    ]);
  });
});

test.each([
  ['a colleague', toAgent],
  ['a department', toDepartment(SUPPORT)],
])('[LF11] forwarding to %s: not from hold, and not without the permission', (_to, forward) => {
  expect(told(onHold, forward)).toBe('conversation.on-hold');
  expect(told(serving, forward, { by: { ...by, permissions: [] } })).toBe('permission.missing');
});
