import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PlaceKind } from '#shared/agent.ts';
import type { ConversationState } from '#shared/conversation/state.ts';
import { newConversationId, type AgentId, type DepartmentId } from '#shared/ids.ts';
import { after, held, joined, requeued, taken } from '#shared/testing/facts.ts';
import { fold, logs, MARA, NOOR, SALES, SUPPORT } from '#shared/testing/logs.ts';
import { settingsWith } from '#shared/testing/settings.ts';
import { effectsOf, isTurn, placesIn, type ConversationEffect } from './effects.ts';

const id = newConversationId();
const settings = settingsWith({
  priorities: [
    { id: 'urgent', name: 'Urgent' },
    { id: 'normal', name: 'Normal' },
    { id: 'low', name: 'Low' },
  ],
  sla: [{ id: 'gold', name: 'Gold', due_minutes: 15 }],
});

/** What the rest of the desk knows of the conversation, and does with its word. */
class Desk {
  readonly queues = new Set<DepartmentId>();
  readonly places = new Map<AgentId, PlaceKind>();

  hear(effect: ConversationEffect): void {
    if (effect.to === 'queue') this.queues.add(effect.departmentId);
    if (effect.to === 'queue-exit') this.queues.delete(effect.departmentId);
    if (effect.to !== 'place') return;
    if (effect.as) this.places.set(effect.agentId, effect.as);
    else this.places.delete(effect.agentId);
  }

  get homes(): number {
    const served = [...this.places.values()].filter((as) => as !== 'helping');
    return this.queues.size + served.length;
  }
}

const effectsBetween = (before: ConversationState, after: ConversationState, seq = 9) => {
  if (after.status === 'new') throw new Error('nothing follows from what was never opened');
  return effectsOf(id, before, after, seq, settings);
};

describe('the desk', () => {
  /** Commits of one event or several, as decisions make them. */
  const commits = fc.tuple(logs, fc.infiniteStream(fc.integer({ min: 1, max: 3 })));

  test('[DC8] has exactly one home for it after each commit, and none once it is closed', () => {
    fc.assert(
      fc.property(commits, ([log, sizes]) => {
        const desk = new Desk();
        for (let from = 0; from < log.length;) {
          const to = from + (sizes.next().value as number);
          const state = fold(log.slice(0, to));
          const effects = effectsBetween(fold(log.slice(0, from)), state, to);
          for (const effect of effects) desk.hear(effect);
          expect(desk.homes).toBe(state.status === 'closed' ? 0 : 1);
          expect(desk.places).toEqual(placesIn(state));
          if (state.status === 'queued') expect([...desk.queues]).toEqual([state.departmentId]);
          from = to;
        }
      }),
      { numRuns: 500 },
    );
  });

  test('[DC7] is told of every turn, and of nothing else than turns but for what waits', () => {
    fc.assert(
      fc.property(logs, (log) => {
        for (const [index, event] of log.entries()) {
          const before = fold(log.slice(0, index));
          const state = fold([event], before);
          if (state.status === 'new') continue;
          const told = effectsBetween(before, state).map(({ to }) => to);
          expect(told.includes('index')).toBe(isTurn(before, state));
          const others = told.filter((to) => to !== 'queue');
          if (!isTurn(before, state)) expect(others.every((to) => to === 'place')).toBe(true);
        }
      }),
    );
  });

  test('[CO1] is told nothing of a message that is served', () => {
    const said = after(taken, { type: 'message.sent', text: 'Hello' });
    expect(effectsBetween(after(taken), said)).toEqual([]);
  });
});

describe('a place', () => {
  const placesOf = (before: ConversationState, state: ConversationState) =>
    effectsBetween(before, state).flatMap((one) =>
      one.to === 'place' ? [[one.agentId, one.as]] : [],
    );

  test('[LF6] goes from one agent to the other when it is forwarded', () => {
    const forwarded = {
      type: 'conversation.forwarded',
      departmentId: SALES,
      agent: MARA,
    } as const;
    expect(placesOf(after(taken), after(taken, forwarded))).toEqual([
      [NOOR.id, null],
      [MARA.id, 'serving'],
    ]);
  });

  test('[LF14] is kept on hold, as one that takes none of the limit', () => {
    expect(placesOf(after(taken), after(taken, held))).toEqual([[NOOR.id, 'on-hold']]);
  });

  test('[LF26] of a helper is gone with the agent’s', () => {
    expect(placesOf(after(taken, joined), after(taken, joined, requeued))).toEqual([
      [MARA.id, null],
      [NOOR.id, null],
    ]);
  });
});

describe('what waits', () => {
  const entryOf = (before: ConversationState, state: ConversationState) =>
    effectsBetween(before, state).find((effect) => effect.to === 'queue');

  test('[RT9] brings its preference along at the beginning only', () => {
    expect(entryOf({ status: 'new' }, after())).toMatchObject({ preferring: { wanted: null } });
    expect(entryOf(after(taken), after(taken, requeued))).toMatchObject({ preferring: null });
  });

  test('[LF8] leaves one queue for the other when it is forwarded', () => {
    const away = { type: 'conversation.forwarded', departmentId: SUPPORT, agent: null } as const;
    expect(effectsBetween(after(), after(away)).map((effect) => effect.to)).toEqual([
      ...['queue-exit', 'queue', 'index'],
    ]);
  });

  test('[RT18] is put anew when its priority or its promise changes', () => {
    const changed = after({ type: 'details.changed', priority: 'urgent', sla: 'gold' });
    if (changed.status === 'new') throw new Error('it was opened');
    expect(entryOf(after(), changed)).toMatchObject({
      entry: { priority: 'urgent', rank: 0, dueAt: changed.openedAt + 900_000 },
    });
  });

  test.each([null, 'gone'])('[RT22] with the priority %s has the default', (priority) => {
    const changed = after({ type: 'details.changed', priority, sla: 'gone' });
    expect(entryOf(after(), changed)).toMatchObject({
      entry: { priority: 'normal', rank: 1, dueAt: null },
    });
  });
});
