import { describe, expect, test } from 'vitest';
import { grantHelp, grantPlace, type Desk, type Places } from './places.ts';
import { NOOR } from './testing/logs.ts';

const desk = (more: Partial<Desk> = {}): Desk => ({
  ...{ agentId: NOOR.id, name: 'Noor', availability: 'available', online: true },
  ...more,
});
const places = (more: Partial<Places> = {}): Places => ({
  ...{ open: 0, openHere: 0, limit: 3, limitHere: null },
  ...more,
});
const no = (code: string, details = {}) => ({
  refusal: { code, details: { agent: 'Noor', ...details } },
});

describe('a place to serve', () => {
  test('is granted to who is there and has room', () => {
    expect(grantPlace(desk(), places({ open: 2 }))).toEqual({ ok: true, value: NOOR });
  });

  test.each([
    ['[AG1] who is away', desk({ availability: 'away' }), places(), no('agent.away')],
    ['[RT15] who is offline', desk({ online: false }), places(), no('agent.offline')],
    ['[RT10] his own limit', desk(), places({ open: 3 }), no('agent.full', { limit: 3 })],
    ['[RT10] a limit that was lowered', desk(), places({ open: 7 }), no('agent.full')],
    [
      '[RT10] the department’s limit',
      desk(),
      places({ open: 2, openHere: 2, limitHere: 2 }),
      no('agent.full', { limit: 2 }),
    ],
  ])('is not granted: %s', (_what, agent, taken, refused) => {
    expect(grantPlace(agent, taken)).toMatchObject(refused);
  });

  test('[RT10] counts only the department’s own against its limit', () => {
    expect(grantPlace(desk(), places({ open: 2, openHere: 1, limitHere: 2 })).ok).toBe(true);
  });
});

describe('a place to help', () => {
  const full = places({ open: 3 });

  test('[LF23] takes that he is online, and no more', () => {
    expect(grantHelp(desk({ availability: 'away' }), full, false)).toEqual({
      ok: true,
      value: NOOR,
    });
    expect(grantHelp(desk({ online: false }), places(), false)).toMatchObject(no('agent.offline'));
  });

  test('[RT12] is like any other where the settings say so', () => {
    expect(grantHelp(desk(), full, true)).toMatchObject(no('agent.full'));
    expect(grantHelp(desk({ availability: 'away' }), places(), true)).toMatchObject(
      no('agent.away'),
    );
    expect(grantHelp(desk(), places(), true).ok).toBe(true);
  });
});
