import { describe, expect, test } from 'vitest';
import { grantHelp, grantSlot, type AgentStatus, type SlotUsage } from './slots.ts';
import { NOOR } from './testing/logs.ts';

const agent = (more: Partial<AgentStatus> = {}): AgentStatus => ({
  ...{ agentId: NOOR.id, name: 'Noor', availability: 'available', online: true },
  ...more,
});
const slots = (more: Partial<SlotUsage> = {}): SlotUsage => ({
  ...{ open: 0, openHere: 0, limit: 3, limitHere: null },
  ...more,
});
const no = (code: string, details = {}) => ({
  refusal: { code, details: { agent: 'Noor', ...details } },
});

describe('a slot to serve', () => {
  test('is granted to who is there and has room', () => {
    expect(grantSlot(agent(), slots({ open: 2 }))).toEqual({ ok: true, value: NOOR });
  });

  test.each([
    ['[AG1] an agent who is away', agent({ availability: 'away' }), slots(), no('agent.away')],
    ['[RT15] an agent who is offline', agent({ online: false }), slots(), no('agent.offline')],
    ['[RT10] their own limit', agent(), slots({ open: 3 }), no('agent.full', { limit: 3 })],
    ['[RT10] a limit that was lowered', agent(), slots({ open: 7 }), no('agent.full')],
    [
      '[RT10] the department’s limit',
      agent(),
      slots({ open: 2, openHere: 2, limitHere: 2 }),
      no('agent.full', { limit: 2 }),
    ],
  ])('is not granted: %s', (_what, agent, taken, refused) => {
    expect(grantSlot(agent, taken)).toMatchObject(refused);
  });

  test('[RT10] counts only the department’s own against its limit', () => {
    expect(grantSlot(agent(), slots({ open: 2, openHere: 1, limitHere: 2 })).ok).toBe(true);
  });
});

describe('a slot to help', () => {
  const full = slots({ open: 3 });

  test('[LF23] takes that they are online, and no more', () => {
    expect(grantHelp(agent({ availability: 'away' }), full, false)).toEqual({
      ok: true,
      value: NOOR,
    });
    expect(grantHelp(agent({ online: false }), slots(), false)).toMatchObject(no('agent.offline'));
  });

  test('[RT12] is like any other where the settings say so', () => {
    expect(grantHelp(agent(), full, true)).toMatchObject(no('agent.full'));
    expect(grantHelp(agent({ availability: 'away' }), slots(), true)).toMatchObject(
      no('agent.away'),
    );
    expect(grantHelp(agent(), slots(), true).ok).toBe(true);
  });
});
