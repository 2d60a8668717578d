import { describe, expect, test } from 'vitest';
import { grantHelp, grantSlot, type Desk, type SlotUsage } from './slots.ts';
import { NOOR } from './testing/logs.ts';

const desk = (more: Partial<Desk> = {}): Desk => ({
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
    expect(grantSlot(desk(), slots({ open: 2 }))).toEqual({ ok: true, value: NOOR });
  });

  test.each([
    ['[AG1] an agent who is away', desk({ availability: 'away' }), slots(), no('agent.away')],
    ['[RT15] an agent who is offline', desk({ online: false }), slots(), no('agent.offline')],
    ['[RT10] their own limit', desk(), slots({ open: 3 }), no('agent.full', { limit: 3 })],
    ['[RT10] a limit that was lowered', desk(), slots({ open: 7 }), no('agent.full')],
    [
      '[RT10] the department’s limit',
      desk(),
      slots({ open: 2, openHere: 2, limitHere: 2 }),
      no('agent.full', { limit: 2 }),
    ],
  ])('is not granted: %s', (_what, agent, taken, refused) => {
    expect(grantSlot(agent, taken)).toMatchObject(refused);
  });

  test('[RT10] counts only the department’s own against its limit', () => {
    expect(grantSlot(desk(), slots({ open: 2, openHere: 1, limitHere: 2 })).ok).toBe(true);
  });
});

describe('a slot to help', () => {
  const full = slots({ open: 3 });

  test('[LF23] takes that they are online, and no more', () => {
    expect(grantHelp(desk({ availability: 'away' }), full, false)).toEqual({
      ok: true,
      value: NOOR,
    });
    expect(grantHelp(desk({ online: false }), slots(), false)).toMatchObject(no('agent.offline'));
  });

  test('[RT12] is like any other where the settings say so', () => {
    expect(grantHelp(desk(), full, true)).toMatchObject(no('agent.full'));
    expect(grantHelp(desk({ availability: 'away' }), slots(), true)).toMatchObject(
      no('agent.away'),
    );
    expect(grantHelp(desk(), slots(), true).ok).toBe(true);
  });
});
