import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { textBody } from './body.ts';
import type { NewEvent } from '#shared/conversation/events.ts';
import type { ConversationState } from '#shared/conversation/state.ts';
import { SYSTEM, type Author } from '#shared/identity.ts';
import { newCommandId } from '#shared/ids.ts';
import { opensAt, WEEKDAYS } from '#shared/opening-hours.ts';
import { held, said as answer, taken } from '#shared/testing/facts.ts';
import { agentAuthor, fold, logOf, logs, MARA, NOOR, OPENING } from '#shared/testing/logs.ts';
import { settingsWith } from '#shared/testing/settings.ts';
import { deadlineOf } from './deadlines.ts';

const visitor: Author = { kind: 'visitor' };
const noor = agentAuthor(NOOR);

const settings = settingsWith({
  queue: { max_wait_seconds: 600, close_message: 'Nobody came.' },
  first_reply_timeout: { after_seconds: 60 },
  visitor_inactivity: { after_seconds: 3600, action: 'close', close_message: 'You were gone.' },
  hold: { allowed: true, close_after_seconds: 86_400, close_message: 'You did not come back.' },
});

const opened = logOf([OPENING])[0]?.at ?? 0;

type Step = readonly [seconds: number, fact: NewEvent, by?: Author];

/** What has happened, each so many seconds after the one before. */
const after = (...steps: readonly Step[]): ConversationState =>
  fold(
    logOf([
      OPENING,
      ...steps.map(([later, fact, by = noor]) => ({ fact, by, later: later * 1000 })),
    ]),
  );

const asks: Step = [0, { type: 'message.sent', body: textBody('Hello?') }, visitor];

const due = (state: ConversationState, withSettings = settings) => {
  const deadline = deadlineOf(state, withSettings);
  return deadline && [(deadline.at - opened) / 1000, deadline.event];
};

const closes = (because: string, message: string) => ({
  ...{ type: 'conversation.ended', because, message },
});
const loses = { type: 'conversation.requeued', because: 'unanswered' };

test('[LF32] what waits ends after the department’s time, with its message', () => {
  expect(due(after(asks))).toEqual([600, closes('waited-too-long', 'Nobody came.')]);
});

test('[LF32] the wait starts again for a conversation that comes back', () => {
  const moved = { type: 'conversation.requeued', because: 'moved' } as const;
  expect(due(after(asks, [10, taken], [20, answer], [970, moved]))?.[0]).toBe(1600);
});

test('[LF32] what would end by night has its time from the opening', () => {
  const daily = Object.fromEntries(WEEKDAYS.map((day) => [day, ['09:00-17:00']]));
  const withHours = settingsWith({
    queue: { max_wait_seconds: 600, close_message: 'Nobody came.' },
    hours: { time_zone: 'UTC', week: daily },
  });
  const opening = opensAt(withHours.hours, opened + 600_000);
  expect(opening).not.toBeNull(); // It is night when the log begins.
  expect(deadlineOf(after(asks), withHours)?.at).toBe(Number(opening) + 600_000);
  const never = { ...withHours, hours: { time_zone: 'UTC', week: {}, holidays: [] } };
  expect(deadlineOf(after(asks), never)).toBeNull();
});

test('[LF17] what is on hold ends after the department’s time, with its message', () => {
  expect(due(after(asks, [10, taken], [20, answer], [70, held]))).toEqual([
    86_500,
    closes('held-too-long', 'You did not come back.'),
  ]);
});

describe('[LF30] an agent who does not write', () => {
  test('loses it so long after they got it', () => {
    expect(due(after(asks, [100, taken]))).toEqual([160, loses]);
  });

  test('does not lose it once they have written', () => {
    const state = after(asks, [100, taken], [1, answer], [1, { ...answer }, visitor]);
    expect(due(state)).toBeNull();
  });

  test('has the whole time when the visitor writes long after the agent got it', () => {
    const forwarded = { type: 'conversation.forwarded', departmentId: 'sales', agent: MARA };
    const state = after(
      asks,
      [10, taken],
      [10, answer],
      [10, forwarded as NewEvent],
      [1000, { type: 'message.sent', body: textBody('And the pot?') }, visitor],
    );
    expect(due(state)).toEqual([1090, loses]);
  });

  test('loses it once in its life', () => {
    const lost = { type: 'conversation.requeued', because: 'unanswered' } as const;
    const state = after(asks, [10, taken], [60, lost, SYSTEM], [5, { ...taken, agent: MARA }]);
    expect(due(state)).toBeNull();
  });
});

describe('[LF31] a visitor who does not answer', () => {
  test('is counted from the first message that has no answer', () => {
    expect(due(after(asks, [10, taken], [10, answer], [500, answer]))).toEqual([
      3620,
      closes('visitor-silent', 'You were gone.'),
    ]);
  });

  test('is counted again when it is resumed, and for the next agent who gets it', () => {
    const state = [asks, [10, taken], [10, answer], [80, held]] as const;
    const resumed = [4000, { type: 'conversation.resumed' }] as const;
    expect(due(after(...state, resumed))?.[0]).toBe(7700);
    const moved = [100, { type: 'conversation.requeued', because: 'moved' }] as const;
    const late = after(asks, [10, taken], [10, answer], moved, [5000, taken]);
    expect(due(late)?.[0]).toBe(8720);
  });

  test('has it placed on hold, or nothing happens, as the settings say', () => {
    const state = after(asks, [10, taken], [10, answer]);
    const hold = settingsWith({ visitor_inactivity: { action: 'hold', after_seconds: 5 } });
    expect(due(state, hold)).toEqual([25, { type: 'conversation.held' }]);
    expect(due(state, settingsWith({ visitor_inactivity: { after_seconds: 5 } }))).toBeNull();
  });
});

test('[LF33] zero seconds mean never, and so does nothing at all, but a wait ends after a day', () => {
  const zero = settingsWith({
    queue: { max_wait_seconds: 0 },
    first_reply_timeout: { after_seconds: 0 },
    hold: { allowed: true, close_after_seconds: 0 },
  });
  for (const never of [zero, settingsWith()]) {
    expect(due(after(asks, [10, taken]), never)).toBeNull();
    expect(due(after(asks, [10, taken], [10, answer], [10, held]), never)).toBeNull();
  }
  expect(due(after(asks), zero)).toBeNull();
  expect(due(after(asks), settingsWith())?.[0]).toBe(86_400);
});

test('[LF17] a message that is empty is not told', () => {
  const quiet = settingsWith({ queue: { max_wait_seconds: 60 } });
  expect(due(after(asks), quiet)?.[1]).not.toHaveProperty('message');
});

test('[LF34] what was due is not due again: each deadline leads to a later one, or to none', () => {
  const all = ['close', 'hold'] as const;
  fc.assert(
    fc.property(logs, fc.constantFrom(...all), fc.nat({ max: 1e9 }), (log, action, late) => {
      const eager = settingsWith({
        ...{ queue: settings.queue, hold: settings.hold },
        first_reply_timeout: settings.first_reply_timeout,
        visitor_inactivity: { after_seconds: 1, action },
      });
      const state = fold(log);
      const deadline = deadlineOf(state, eager);
      fc.pre(deadline !== null);
      const at = deadline.at + late;
      const event = { ...deadline.event, by: SYSTEM, at, seq: log.length + 1, id: newCommandId() };
      const next = deadlineOf(fold([event], state), eager);
      expect(next?.at ?? Infinity).toBeGreaterThan(at);
    }),
    { numRuns: 500 },
  );
});

describe('[AL16] a promise that is almost broken', () => {
  const promising = settingsWith({
    sla: [
      { id: 'gold', name: 'Gold', due_minutes: 15 },
      { id: 'slow', name: 'Slow', due_minutes: 60 },
    ],
    queue: { max_wait_seconds: 0 },
  });
  const promise = (sla: string): Step => [0, { type: 'details.changed', sla }];
  const dueAt = (minutes: number) => opened + minutes * 60_000;
  const warns = (sla: string, minutes: number) => ({
    ...{ type: 'sla.warned', sla, dueAt: dueAt(minutes) },
  });
  const warned: Step = [600, { type: 'sla.warned', sla: 'gold', dueAt: dueAt(15) }, SYSTEM];

  test('warns five minutes before, while its visitor waits: queued or served', () => {
    const waiting = after(asks, promise('gold'));
    expect(due(waiting, promising)).toEqual([600, warns('gold', 15)]);
    expect(due(after(asks, promise('gold'), [10, taken]), promising)?.[0]).toBe(600);
    expect(due(after(asks, promise('gold'), [10, taken], [5, answer]), promising)).toBeNull();
  });

  test('warns once for each promise', () => {
    expect(due(after(asks, promise('gold'), warned), promising)).toBeNull();
    const another = after(asks, promise('gold'), warned, promise('slow'));
    expect(due(another, promising)).toEqual([3300, warns('slow', 60)]);
  });

  test('is none for a visitor who began to wait when it was past, where nothing is promised, or where none is wanted', () => {
    const asksLate: Step = [900, { type: 'message.sent', body: textBody('And?') }, visitor];
    const late = after(asks, promise('gold'), [10, taken], [5, answer], asksLate);
    expect(due(late, promising)).toBeNull();
    expect(due(after(asks, promise('gone')), promising)).toBeNull();
    const unwanted = settingsWith({ ...promising, alerts: { sla_warning_minutes: 0 } });
    expect(due(after(asks, promise('gold')), unwanted)).toBeNull();
  });

  test('comes in its turn beside the other deadlines', () => {
    const both = settingsWith({ ...promising, queue: { max_wait_seconds: 300 } });
    expect(due(after(asks, promise('gold')), both)?.[0]).toBe(300);
  });
});
