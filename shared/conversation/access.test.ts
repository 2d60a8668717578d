import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newVisitorId } from '#shared/ids.ts';
import {
  after,
  asks,
  by,
  onHold,
  queued,
  serving,
  takenByNoor,
  visitor,
} from '#shared/testing/decisions.ts';
import { agentAuthor, fold, logs, MARA, NOOR, SALES, SUPPORT, TOM } from '#shared/testing/logs.ts';
import { mayRead, readersOf } from './access.ts';

describe('[RT27] who may read it', () => {
  const outsider = { ...by, agentId: TOM.id, departments: [SUPPORT], permissions: [] };

  test.each([
    ['its visitor', visitor, true],
    ['another visitor', { ...visitor, visitorId: newVisitorId() }, false],
    ['an agent of its department', { ...by, agentId: MARA.id }, true],
    ['an agent of another department', outsider, false],
    ['one who may see all', { ...outsider, permissions: ['conversation.view-all' as const] }, true],
  ])('%s: %s', (_who, reader, may) => {
    for (const state of [queued, serving, onHold]) expect(mayRead(state, reader)).toBe(may);
  });

  test('an agent of another department whom it was brought to, and nobody whom it has left', () => {
    const joined = [{ type: 'agent.joined', agent: TOM }, agentAuthor(NOOR)] as const;
    const passed = { type: 'conversation.forwarded', departmentId: SUPPORT, agent: null } as const;
    expect(mayRead(after(asks, takenByNoor, joined), outsider)).toBe(true);
    expect(mayRead(after(asks, takenByNoor, [passed, agentAuthor(NOOR)]), by)).toBe(false);
  });

  test('[RT36] an agent of another department who served it to its end, and not who only helped', () => {
    const toTom = { type: 'conversation.forwarded', departmentId: SALES, agent: TOM } as const;
    const joined = { type: 'agent.joined', agent: TOM } as const;
    const ended = [{ type: 'conversation.ended' }, agentAuthor(TOM)] as const;
    const noor = agentAuthor(NOOR);
    expect(mayRead(after(asks, takenByNoor, [toTom, noor], ended), outsider)).toBe(true);
    expect(mayRead(after(asks, takenByNoor, [joined, noor], ended), outsider)).toBe(false);
  });

  test('[SR4] without a department, exactly those whom the search knows as its readers', () => {
    fc.assert(
      fc.property(logs, fc.constantFrom(NOOR, MARA, TOM), (log, { id }) => {
        const state = fold(log);
        if (state.status === 'new') return;
        const nobody = { ...by, agentId: id, departments: [], permissions: [] };
        expect(mayRead(state, nobody)).toBe(readersOf(state).includes(id));
      }),
    );
  });
});
