import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as v from 'valibot';
import { textBody } from './body.ts';
import type { Author } from '#shared/identity.ts';
import {
  agentIdSchema,
  contactIdOfVisitor,
  departmentIdSchema,
  newCommandId,
  newVisitorId,
} from '#shared/ids.ts';
import { LIVECHAT, type ConversationEvent, type NewEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { NEW_CONVERSATION, type OpenedConversation } from './state.ts';
import { averageResponseMs, dueAt, inactivityMs, queueMs } from './timing.ts';

const departmentId = v.parse(departmentIdSchema, 'support');
const agent = { id: v.parse(agentIdSchema, 'mara'), name: 'Mara' };
const mara: Author = { kind: 'agent', ...agent };
const visitor: Author = { kind: 'visitor' };
const system: Author = { kind: 'system' };

const VISITOR = { id: newVisitorId(), name: 'Anna' };
const OPENED: NewEvent = {
  type: 'conversation.opened',
  visitor: VISITOR,
  departmentId,
  previousId: null,
  page: null,
  wanted: null,
  channel: LIVECHAT,
  locale: null,
  contactId: contactIdOfVisitor(VISITOR.id),
};
const said = { type: 'message.sent', body: textBody('x') } as const;

/** What can happen, by whom, and where the conversation then is; null: where it was. */
const STEPS = {
  asks: [said, visitor, null],
  answers: [said, mara, null],
  tells: [said, system, null],
  taken: [{ type: 'conversation.taken', agent }, mara, 'serving'],
  requeued: [{ type: 'conversation.requeued', because: 'moved' }, mara, 'queued'],
  toDepartment: [{ type: 'conversation.forwarded', departmentId, agent: null }, mara, 'queued'],
  toAgent: [{ type: 'conversation.forwarded', departmentId, agent }, mara, 'serving'],
  held: [{ type: 'conversation.held' }, mara, 'held'],
  resumed: [{ type: 'conversation.resumed' }, mara, 'serving'],
  ended: [{ type: 'conversation.ended' }, visitor, 'closed'],
} as const satisfies Record<string, readonly [NewEvent, Author, string | null]>;
type Step = keyof typeof STEPS;

const FOLLOWS: Record<string, readonly Step[]> = {
  queued: ['asks', 'answers', 'tells', 'taken', 'toDepartment', 'toAgent', 'ended'],
  serving: ['asks', 'answers', 'tells', 'requeued', 'toDepartment', 'toAgent', 'held', 'ended'],
  held: ['asks', 'tells', 'requeued', 'resumed', 'ended'],
  closed: [],
};

interface Happened {
  readonly events: readonly ConversationEvent[];
  /** The status after each event. */
  readonly statuses: readonly string[];
}

function happen(wanted: readonly [Step, number][]): Happened {
  const events: ConversationEvent[] = [];
  const statuses: string[] = [];
  const add = (fact: NewEvent, by: Author, at: number, status: string) => {
    events.push({ ...fact, seq: events.length + 1, at, id: newCommandId(), by });
    statuses.push(status);
  };
  add(OPENED, visitor, 1000, 'queued');
  for (const [step, later] of wanted) {
    const status = statuses.at(-1) ?? '';
    if (!FOLLOWS[status]?.includes(step)) continue;
    const [fact, by, next] = STEPS[step];
    add(fact, by, (events.at(-1)?.at ?? 0) + later, next ?? status);
  }
  return { events, statuses };
}

function fold(events: readonly ConversationEvent[]): OpenedConversation {
  const state = events.reduce(evolve, NEW_CONVERSATION);
  if (state.status === 'new') throw new Error('it was opened');
  return state;
}

const isSaid = ({ type }: ConversationEvent) => type === 'message.sent';

function naively({ events, statuses }: Happened, now: number) {
  const until = (i: number) => events[i + 1]?.at ?? now;
  const waits = events.map(({ at }, i) => (statuses[i] === 'queued' ? until(i) - at : 0));
  const messages = events.filter(isSaid);
  const answers = messages.flatMap((answer, i) => {
    if (answer.by.kind !== 'agent') return [];
    const before = messages.slice(0, i);
    const lastWord = before.findLastIndex(({ by }) => by.kind !== 'visitor');
    const question = before[lastWord + 1];
    return question ? [answer.at - question.at] : [];
  });
  const sum = (all: readonly number[]) => all.reduce((a, b) => a + b, 0);
  const last = messages.at(-1);
  const isOwed = last && last.by.kind !== 'visitor' && statuses.at(-1) !== 'closed';
  return {
    queue: sum(waits),
    response: answers.length === 0 ? null : sum(answers) / answers.length,
    inactivity: isOwed ? now - last.at : null,
  };
}

// The cast is safe: Object.keys of a const object yields exactly its keys.
const step = fc.constantFrom(...(Object.keys(STEPS) as Step[]));

test('[WS19] waits, answers and silence are what the whole log says', () => {
  const wanted = fc.array(fc.tuple(step, fc.nat(1000)), { maxLength: 40 });
  fc.assert(
    fc.property(wanted, fc.nat(1000), (steps, later) => {
      const happened = happen(steps);
      const now = (happened.events.at(-1)?.at ?? 0) + later;
      const state = fold(happened.events);
      expect({
        queue: queueMs(state, now),
        response: averageResponseMs(state),
        inactivity: inactivityMs(state, now),
      }).toEqual(naively(happened, now));
    }),
  );
});

test('[WS19] a clock that is behind counts nothing backwards', () => {
  const asked = happen([['asks', 10]]);
  expect(queueMs(fold(asked.events), 0)).toBe(0);
  const answered = happen([
    ['taken', 10],
    ['answers', 10],
  ]);
  expect(inactivityMs(fold(answered.events), 0)).toBe(0);
});

test('[WS49] the first answer is due from the opening on while the visitor waits for it, as the policy says', () => {
  const gold = [{ id: 'gold', name: 'Gold', dueMinutes: 15 }];
  const stateAfter = (...steps: Step[]): OpenedConversation => {
    const state = fold(happen(steps.map((one) => [one, 10])).events);
    return { ...state, details: { ...state.details, sla: 'gold' } };
  };
  expect(dueAt(stateAfter('asks', 'taken'), gold)).toBe(1000 + 15 * 60_000);
  expect(dueAt(stateAfter('asks', 'taken', 'answers'), gold)).toBeNull();
  expect(dueAt(stateAfter('asks', 'taken', 'answers', 'asks'), gold)).toBeNull();
  expect(dueAt(stateAfter('asks', 'ended'), gold)).toBeNull();
  expect(dueAt(stateAfter('asks', 'taken'), [])).toBeNull();
});
