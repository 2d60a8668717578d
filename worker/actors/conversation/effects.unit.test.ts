import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SlotKind } from '#shared/agent.ts';
import { textBody } from '#shared/conversation/body.ts';
import type { ConversationEvent, NewEvent } from '#shared/conversation/events.ts';
import type { ConversationState } from '#shared/conversation/state.ts';
import { promisedSince } from '#shared/conversation/timing.ts';
import { newConversationId, type AgentId, type DepartmentId } from '#shared/ids.ts';
import { doneByNoor, held, joined, requeued, said, taken } from '#shared/testing/facts.ts';
import {
  agentAuthor,
  fold,
  logOf,
  logs,
  MARA,
  NOOR,
  OPENING,
  SALES,
  SUPPORT,
} from '#shared/testing/logs.ts';
import { settingsWith } from '#shared/testing/settings.ts';
import {
  effectsOf,
  isLifecycleChange,
  readEffect,
  slotsIn,
  type ConversationEffect,
} from './effects.ts';
import { queueEntryOf } from './queue-entry.ts';

/** What departments and agents know of the conversation, each told how it is when the effect arrives. */
class Others {
  readonly queues = new Set<DepartmentId>();
  readonly slots = new Map<AgentId, SlotKind>();

  hear(effect: ConversationEffect, state: ConversationState): void {
    if (effect.to === 'queue' && state.status === 'queued') this.queues.add(effect.departmentId);
    if (effect.to === 'queue-exit') this.queues.delete(effect.departmentId);
    if (effect.to !== 'slot') return;
    const as = slotsIn(state).get(effect.agentId);
    if (as) this.slots.set(effect.agentId, as);
    else this.slots.delete(effect.agentId);
  }

  get homes(): number {
    const served = [...this.slots.values()].filter((as) => as !== 'helping');
    return this.queues.size + served.length;
  }
}

const effectsBetween = (log: readonly ConversationEvent[], from: number, to = log.length) => {
  const after = fold(log.slice(0, to));
  if (after.status === 'new') throw new Error('nothing follows from what was never opened');
  return effectsOf(log.slice(from, to), fold(log.slice(0, from)), after);
};

/** The effects of the last event, after an opening; all of it by Noor. */
const effectsOfLast = (...events: readonly NewEvent[]) => {
  const happenings = events.map((fact) => ({ fact, by: agentAuthor(NOOR), later: 1 }));
  const log = logOf([OPENING, ...happenings]);
  return effectsBetween(log, log.length - 1);
};

describe('the others', () => {
  /** Commits of one event or several, as decisions make them. */
  const commits = fc.tuple(logs, fc.infiniteStream(fc.integer({ min: 1, max: 3 })));

  test('[DC8] have exactly one home for it after each commit, and none once it is closed', () => {
    fc.assert(
      fc.property(commits, ([log, sizes]) => {
        const others = new Others();
        for (let from = 0; from < log.length;) {
          const to = Math.min(log.length, from + (sizes.next().value as number));
          const state = fold(log.slice(0, to));
          for (const effect of effectsBetween(log, from, to)) others.hear(effect, state);
          expect(others.homes).toBe(state.status === 'closed' ? 0 : 1);
          expect(others.slots).toEqual(slotsIn(state));
          if (state.status === 'queued') expect([...others.queues]).toEqual([state.departmentId]);
          from = to;
        }
      }),
      { numRuns: 500 },
    );
  });

  test('[DC7] project every change of lifecycle and of details', () => {
    fc.assert(
      fc.property(logs, (log) => {
        for (const [index, event] of log.entries()) {
          const before = fold(log.slice(0, index));
          const state = fold([event], before);
          if (before.status === 'new' || state.status === 'new') continue;
          const told = effectsBetween(log, index, index + 1).map(({ to }) => to);
          const isListed = isLifecycleChange(before, state) || event.type === 'details.changed';
          if (isListed) expect(told).toContain('projections');
          const isSame = (promisedSince(before) === null) === (promisedSince(state) === null);
          if (event.type === 'message.sent') expect(told.includes('projections')).toBe(!isSame);
        }
      }),
    );
  });

  test('[CL12] project the first answer where one was promised, and no other', () => {
    const [gold, answer] = [{ type: 'details.changed', sla: 'gold' } as const, said];
    const asks = { fact: said, by: { kind: 'visitor' }, later: 1 } as const;
    const toldOf = (...facts: readonly NewEvent[]) => {
      const byNoor = facts.map((fact) => ({ fact, by: agentAuthor(NOOR), later: 1 }));
      const log = logOf([OPENING, asks, ...byNoor]);
      return effectsBetween(log, log.length - 1, log.length).map(({ to }) => to);
    };
    expect(toldOf(gold, taken, answer)).toEqual(['projections']);
    expect(toldOf(gold, taken, answer, answer)).toEqual([]);
    expect(toldOf(taken, answer)).toEqual([]);
  });

  test('[CO1] are told nothing of a message that is served', () => {
    expect(effectsOfLast(taken, { type: 'message.sent', body: textBody('Hello') })).toEqual([]);
  });
});

describe('a slot', () => {
  const slotsTold = (...events: readonly NewEvent[]) =>
    effectsOfLast(...events).flatMap((one) => (one.to === 'slot' ? [one.agentId] : []));

  test('[LF6] changes for both agents when a conversation is forwarded', () => {
    const forwarded = { type: 'conversation.forwarded', departmentId: SALES, agent: MARA } as const;
    expect(slotsTold(taken, forwarded)).toEqual([NOOR.id, MARA.id]);
  });

  test('[LF14] is kept on hold, as one that does not count', () => {
    expect(slotsTold(taken, held)).toEqual([NOOR.id]);
    expect(slotsIn(doneByNoor(taken, held))).toEqual(new Map([[NOOR.id, 'on-hold']]));
  });

  test('[LF26] of a helper is gone with the agent’s', () => {
    expect(slotsTold(taken, joined, requeued)).toEqual([MARA.id, NOOR.id]);
    expect(slotsIn(doneByNoor(taken, joined, requeued))).toEqual(new Map());
  });
});

describe('what waits', () => {
  const settings = settingsWith({
    priorities: [
      { id: 'urgent', name: 'Urgent' },
      { id: 'normal', name: 'Normal' },
      { id: 'low', name: 'Low' },
    ],
    sla: [{ id: 'gold', name: 'Gold', due_minutes: 15 }],
  });
  const entryAfter = (...events: readonly NewEvent[]) => {
    const state = doneByNoor(...events);
    if (state.status !== 'queued') throw new Error('it does not wait');
    return queueEntryOf(newConversationId(), state, 9, settings);
  };

  test('[RT9] is new at the beginning only', () => {
    const queue = { to: 'queue', departmentId: SALES };
    expect(effectsOfLast()).toContainEqual({ ...queue, isNew: true });
    expect(effectsOfLast(taken, requeued)).toContainEqual({ ...queue, isNew: false });
  });

  test('[LF8] leaves one queue for the other when it is forwarded', () => {
    const away = { type: 'conversation.forwarded', departmentId: SUPPORT, agent: null } as const;
    expect(effectsOfLast(away).map(({ to }) => to)).toEqual(['queue-exit', 'queue', 'projections']);
  });

  test('[RT18] is put again when its priority or its promise changes', () => {
    const changed = { type: 'details.changed', priority: 'urgent', sla: 'gold' } as const;
    expect(effectsOfLast(changed).map(({ to }) => to)).toContain('queue');
    const entry = entryAfter(changed);
    expect(entry).toMatchObject({ priority: 'urgent', rank: 0, dueAt: entry.openedAt + 900_000 });
  });

  test('[WS54] says who wrote what its preview shows, if that was not the visitor', () => {
    expect(entryAfter()).toMatchObject({ previewBy: null });
    expect(entryAfter(taken, said, requeued)).toMatchObject({ previewBy: NOOR });
  });

  test.each([null, 'gone'])('[RT22] with the priority %s has the default', (priority) => {
    const changed = { type: 'details.changed', priority, sla: 'gone' } as const;
    expect(entryAfter(changed)).toMatchObject({ priority: 'normal', rank: 1, dueAt: null });
  });
});

describe('an effect that an earlier version stored', () => {
  test.each([
    [{ to: 'queue', departmentId: SALES, entry: {}, preferring: null }, 'queue'],
    [{ to: 'queue-exit', departmentId: SALES, seq: 3 }, 'queue-exit'],
    [{ to: 'place', agentId: NOOR.id, as: 'serving', departmentId: SALES, seq: 3 }, 'slot'],
    [{ to: 'index', state: {}, seq: 3 }, 'projections'],
  ])('[DC6] %j is still delivered', (stored, to) => {
    expect(readEffect(stored)).toMatchObject({ to });
  });
});
