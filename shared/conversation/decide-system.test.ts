import { describe, expect, test } from 'vitest';
import { doneByNoor, taken } from '#shared/testing/facts.ts';
import { newConversationId, newVisitorId } from '#shared/ids.ts';
import { MARA, NOOR, START, TOM, VISITOR } from '#shared/testing/logs.ts';
import { settingsWith } from '#shared/testing/settings.ts';
import { accept, refuse } from '#shared/refusals.ts';
import type { SettingsSource } from '#shared/settings/schema.ts';
import type { SystemCommand } from './commands.ts';
import { decideSystem, type SystemContext } from './decide-system.ts';
import { NEW_CONVERSATION, type ConversationState } from './state.ts';

const serving = doneByNoor(taken);

const told = (
  state: ConversationState,
  command: SystemCommand,
  more: Partial<SystemContext> = {},
) => {
  const context = { settings: settingsWith(), now: 0, slot: accept(TOM), ...more };
  const verdict = decideSystem(state, command, context);
  return verdict.ok ? verdict.value : verdict.refusal.code;
};

describe('routing', () => {
  const assign = { type: 'conversation.assign', agentId: TOM.id } as const;

  test('[RT1] gives what waits to an agent who has a slot', () => {
    expect(told(doneByNoor(), assign)).toEqual([{ type: 'conversation.taken', agent: TOM }]);
    const slot = refuse('agent.full', { agent: 'Tom', limit: 3 });
    expect(told(doneByNoor(), assign, { slot })).toBe('agent.full');
  });

  test.each([
    ['was never opened', NEW_CONVERSATION, 'conversation.unknown'],
    ['is served', serving, 'conversation.taken'],
    ['is on hold', doneByNoor(taken, { type: 'conversation.held' }), 'conversation.taken'],
    ['has ended', doneByNoor(taken, { type: 'conversation.ended' }), 'conversation.closed'],
  ] as const)('[RT1] leaves a conversation that %s as it is', (_what, state, code) => {
    expect(told(state, assign)).toBe(code);
  });
});

describe('a time that is up', () => {
  const expire = { type: 'conversation.expire' } as const;
  const settings = settingsWith({ queue: { max_wait_seconds: 600 } });
  const dueAt = START + 600_000;

  test('[LF32] ends what has waited too long, and not a moment before', () => {
    expect(told(doneByNoor(), expire, { settings, now: dueAt })).toEqual([
      { type: 'conversation.ended', because: 'waited-too-long' },
    ]);
    expect(told(doneByNoor(), expire, { settings, now: dueAt - 1 })).toEqual([]);
  });

  test('[LF34] changes nothing where nothing is waited for', () => {
    expect(told(serving, expire, { settings, now: dueAt })).toEqual([]);
  });
});

test('[DP11] what an operator dismisses ends if it waits, and goes on if an agent has it', () => {
  const dismiss = { type: 'conversation.dismiss' } as const;
  const settings = settingsWith({ queue: { close_message: 'Nobody came.' } });
  expect(told(doneByNoor(), dismiss, { settings })).toEqual([
    { type: 'conversation.ended', because: 'waited-too-long', message: 'Nobody came.' },
  ]);
  expect(told(serving, dismiss)).toEqual([]);
  expect(told(NEW_CONVERSATION, dismiss)).toBe('conversation.unknown');
});

describe('an agent who has gone offline', () => {
  const offline = ({ id: agentId }: typeof NOOR, forGood = false) =>
    ({ type: 'agent.went-offline', agentId, forGood }) as const;
  const withGone = (more: Partial<SettingsSource>) => ({ settings: settingsWith(more) });

  test.each([
    [{ action: 'keep' }, []],
    [{ action: 'requeue' }, [{ type: 'conversation.requeued', because: 'agent-gone' }]],
    [{ action: 'close' }, [{ type: 'conversation.ended', because: 'agent-gone' }]],
    [
      { action: 'close', close_message: 'We had to go.' },
      [{ type: 'conversation.ended', because: 'agent-gone', message: 'We had to go.' }],
    ],
    [
      { action: 'forward', forward_to: 'support' },
      [{ type: 'conversation.forwarded', departmentId: 'support', agent: null }],
    ],
  ] as const)('[LF27] the settings say %j', (gone, events) => {
    expect(told(serving, offline(NOOR), withGone({ agent_offline: gone }))).toEqual(events);
  });

  test('[AC29] nothing is kept for an agent whose account is gone', () => {
    const kept = withGone({ agent_offline: { action: 'keep' } });
    expect(told(serving, offline(NOOR, true), kept)).toEqual([
      { type: 'conversation.requeued', because: 'agent-gone' },
    ]);
  });

  test('[LF27] a department has its own way', () => {
    const settings = settingsWith({
      agent_offline: { action: 'close' },
      departments: [{ id: 'sales', name: 'Sales', agent_offline: { action: 'keep' } }],
    });
    expect(told(serving, offline(NOOR), { settings })).toEqual([]);
  });

  test.each([
    ['its own', 'sales', true],
    ['out of use', 'support', false],
  ])('[LF28] a department that is %s is replaced by the queue', (_what, forward_to, enabled) => {
    const settings = settingsWith({
      agent_offline: { action: 'forward', forward_to },
      departments: [
        { id: 'sales', name: 'Sales' },
        { id: 'support', name: 'Support', enabled },
      ],
    });
    expect(told(serving, offline(NOOR), { settings })).toMatchObject([
      { type: 'conversation.requeued' },
    ]);
  });

  test.each([
    ['[LF29] on hold', doneByNoor(taken, { type: 'conversation.held' }), NOOR],
    ['[LF27] in the queue', doneByNoor(), NOOR],
    ['[LF27] ended', doneByNoor(taken, { type: 'conversation.ended' }), NOOR],
    ['[LF27] served by another agent', serving, MARA],
    ['[LF27] that they help with', doneByNoor(taken, { type: 'agent.joined', agent: MARA }), MARA],
  ])('%s stays as it is', (_what, state, agent) => {
    expect(told(state, offline(agent), withGone({ agent_offline: { action: 'close' } }))).toEqual(
      [],
    );
  });
});

describe('a contact', () => {
  const rename = { type: 'contact.rename', name: 'Iris' } as const;
  const renamed = { type: 'contact.renamed', name: 'Iris' } as const;
  const ended = doneByNoor(taken, { type: 'conversation.ended' });

  test('[CI6] has a new name, also after the end, and the same one only once', () => {
    for (const state of [doneByNoor(), serving, ended])
      expect(told(state, rename)).toEqual([renamed]);
    expect(told(doneByNoor(renamed), rename)).toEqual([]);
    expect(told(NEW_CONVERSATION, rename)).toBe('conversation.unknown');
  });

  test('[CI10] who is blocked waits no longer, and an agent who has them ends it themselves', () => {
    const turnAway = { type: 'contact.turn-away' } as const;
    expect(told(doneByNoor(), turnAway)).toEqual([
      { type: 'conversation.ended', because: 'blocked' },
    ]);
    expect(told(serving, turnAway)).toEqual([]);
  });

  test('[CI15] goes on in their next conversation, which is nobody else’s', () => {
    const nextId = newConversationId();
    const next = { type: 'conversation.continue', nextId, visitorId: VISITOR.id } as const;
    const continued = { type: 'conversation.continued', nextId } as const;
    expect(told(ended, next)).toEqual([continued]);
    expect(told(doneByNoor(taken, { type: 'conversation.ended' }, continued), next)).toEqual([]);
    expect(told(ended, { ...next, visitorId: newVisitorId() })).toEqual([]);
    for (const state of [NEW_CONVERSATION, serving]) expect(told(state, next)).toEqual([]);
  });
});
