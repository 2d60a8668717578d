import { expect, test } from 'vitest';
import { after, taken } from '#shared/testing/facts.ts';
import { MARA, NOOR } from '#shared/testing/logs.ts';
import { settingsWith } from '#shared/testing/settings.ts';
import { afterLoss } from './loss.ts';

const serving = after(taken);

test.each([
  [{ action: 'keep' }, null],
  [{ action: 'requeue' }, { type: 'conversation.requeued', because: 'agent-gone' }],
  [{ action: 'close' }, { type: 'conversation.ended', because: 'agent-gone' }],
  [
    { action: 'close', close_message: 'We had to go.' },
    { type: 'conversation.ended', because: 'agent-gone', message: 'We had to go.' },
  ],
  [
    { action: 'forward', forward_to: 'support' },
    { type: 'conversation.forwarded', departmentId: 'support', agent: null },
  ],
] as const)('[LF27] the settings say %j', (agent_offline, fact) => {
  expect(afterLoss(serving, NOOR.id, settingsWith({ agent_offline }))).toEqual(fact);
});

test('[LF27] a department has its own way', () => {
  const settings = settingsWith({
    agent_offline: { action: 'close' },
    departments: [{ id: 'sales', name: 'Sales', agent_offline: { action: 'keep' } }],
  });
  expect(afterLoss(serving, NOOR.id, settings)).toBeNull();
});

test.each([
  ['its own', 'sales', true],
  ['out of use', 'support', false],
])('[LF28] a department that is %s is stood in for by the queue', (_what, forward_to, enabled) => {
  const settings = settingsWith({
    agent_offline: { action: 'forward', forward_to },
    departments: [
      { id: 'sales', name: 'Sales' },
      { id: 'support', name: 'Support', enabled },
    ],
  });
  expect(afterLoss(serving, NOOR.id, settings)).toMatchObject({ type: 'conversation.requeued' });
});

test.each([
  ['[LF29] on hold', after(taken, { type: 'conversation.held' }), NOOR],
  ['[LF27] in the queue', after(), NOOR],
  ['[LF27] ended', after(taken, { type: 'conversation.ended' }), NOOR],
  ['[LF27] served by somebody else', serving, MARA],
  ['[LF27] one that he helps with', after(taken, { type: 'agent.joined', agent: MARA }), MARA],
])('%s stays as it is', (_what, state, agent) => {
  expect(
    afterLoss(state, agent.id, settingsWith({ agent_offline: { action: 'close' } })),
  ).toBeNull();
});
