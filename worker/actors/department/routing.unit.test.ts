import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import type { QueueEntry } from '#shared/department.ts';
import { agentIdSchema, newVisitorId, type AgentId, type VisitorId } from '#shared/ids.ts';
import { queueEntry, rosterEntry } from '#shared/testing/department-entries.ts';
import {
  assign,
  candidateOf,
  preferredOf,
  stepsWithin,
  waitSecondsAt,
  type Candidate,
  type Situation,
} from './routing.ts';
import { NONE_OUTSTANDING } from './offers.ts';

const agentId = (name: string): AgentId => v.parse(agentIdSchema, name);
const [noor, mara, tom] = [agentId('noor'), agentId('mara'), agentId('tom')];

const waiting = (lostBy: AgentId | null = null) => queueEntry({ lostBy });
const many = (count: number) => Array.from({ length: count }, () => waiting());

const candidate = (id: AgentId, more: Partial<Candidate> = {}): Candidate => ({
  ...{ agentId: id, open: 0, free: 9, assignedAt: 0 },
  ...more,
});

const NOW = 1000;
const offersTo = (
  queue: Iterable<QueueEntry>,
  candidates: readonly Candidate[],
  method: Situation['method'],
  served: readonly VisitorId[] = [],
) => assign(queue, { method, candidates, served: new Set(served), now: NOW });
const who = (...wanted: Parameters<typeof offersTo>) =>
  offersTo(...wanted).map((one) => one.agentId);

describe('[RT2] load balancing', () => {
  test('gives it to the agent who has the fewest', () => {
    const agents = [candidate(noor, { open: 2 }), candidate(mara, { open: 1, assignedAt: 9 })];
    expect(who([waiting()], agents, 'load-balancing')).toEqual([mara]);
  });

  test('and of equals to the one whose last assignment is longest ago', () => {
    const agents = [candidate(noor, { assignedAt: 9 }), candidate(mara, { assignedAt: 8 })];
    expect(who([waiting()], agents, 'load-balancing')).toEqual([mara]);
  });
});

describe('[RT3] load rotation', () => {
  test('gives it to the agent whose last assignment is longest ago, however many they have', () => {
    const agents = [
      candidate(noor, { open: 5, assignedAt: 7 }),
      candidate(mara, { assignedAt: 8 }),
    ];
    expect(who([waiting()], agents, 'load-rotation')).toEqual([noor]);
  });

  test('goes round and round', () => {
    const agents = [candidate(noor), candidate(mara), candidate(tom)];
    expect(who(many(6), agents, 'load-rotation')).toEqual([
      ...[mara, noor, tom],
      ...[mara, noor, tom],
    ]);
  });
});

test('[RT3] an offer that is out counts as the agent’s last assignment', () => {
  const offered = (lastAt: number) =>
    candidateOf(rosterEntry({ assignedAt: 5 }), { count: 1, lastAt }, null)?.assignedAt;
  expect(offered(9)).toBe(9);
  expect(offered(3)).toBe(5);
});

test('[RT4] the stand-in of the endpoint is load balancing', () => {
  const agents = [candidate(noor, { open: 5, assignedAt: 7 }), candidate(mara, { assignedAt: 8 })];
  expect(who([waiting()], agents, 'external')).toEqual([mara]);
});

describe('[RT5] what is given in one go', () => {
  test('levels what they have', () => {
    const agents = [candidate(noor, { open: 2 }), candidate(mara), candidate(tom, { open: 1 })];
    expect(who(many(6), agents, 'load-balancing')).toEqual([
      ...[mara, tom, mara],
      // All have two: the one who never got any, then those who got theirs first.
      ...[noor, tom, mara],
    ]);
  });

  test('differs by one at most between equals', () => {
    const method = fc.constantFrom('load-balancing', 'load-rotation');
    const crowd = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(method, crowd, fc.nat({ max: 40 }), (how, people, count) => {
        const agents = Array.from({ length: people }, (_, index) =>
          candidate(agentId(`a${index}`), { free: 99 }),
        );
        const given = who(many(count), agents, how);
        const shares = agents.map((one) => given.filter((id) => id === one.agentId).length);
        expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('[RT10] a limit', () => {
  test.each([
    ['their own', rosterEntry({ open: 2, limit: 3 }), 0, null, 1],
    ['what is being offered to them', rosterEntry({ open: 1, limit: 3 }), 1, null, 1],
    ['the department’s', rosterEntry({ open: 1, openHere: 1, limit: 9 }), 0, 2, 1],
    ['the department’s, with an offer', rosterEntry({ openHere: 1, limit: 9 }), 1, 2, 0],
    ['the lower of both', rosterEntry({ open: 2, openHere: 0, limit: 3 }), 0, 2, 1],
    ['one that was lowered', rosterEntry({ open: 5, limit: 3 }), 0, null, -2],
  ])('counts %s', (_what, entry, offered, limitHere, free) => {
    expect(candidateOf(entry, { count: offered, lastAt: 0 }, limitHere)?.free).toBe(free);
  });

  test('leaves what has no place where it is', () => {
    const agents = [candidate(noor, { free: 1 }), candidate(mara, { free: -2 })];
    expect(who(many(3), agents, 'load-balancing')).toEqual([noor]);
    expect(who(many(3), [], 'load-balancing')).toEqual([]);
  });
});

test.each([{ availability: 'away' }, { online: false }] as const)(
  '[RT15] an agent with %j is no candidate',
  (more) => {
    expect(candidateOf(rosterEntry(more), NONE_OUTSTANDING, null)).toBeNull();
  },
);

describe('[RT16] who lost a conversation', () => {
  test('does not get it again while somebody else is there, even one who is full', () => {
    const lost = waiting(noor);
    expect(who([lost], [candidate(noor), candidate(mara)], 'load-balancing')).toEqual([mara]);
    const full = candidate(mara, { free: 0 });
    expect(who([lost], [candidate(noor), full], 'load-balancing')).toEqual([]);
  });

  test('gets it again when nobody else is there', () => {
    expect(who([waiting(noor)], [candidate(noor)], 'load-balancing')).toEqual([noor]);
  });
});

test('[RT19] what nobody may have does not hold up what stands behind it', () => {
  const queue = [waiting(noor), waiting(noor), waiting()];
  const agents = [candidate(noor), candidate(mara, { free: 0 })];
  const offers = offersTo(queue, agents, 'load-balancing');
  expect(offers).toEqual([{ entry: queue[2], agentId: noor }]);
});

test('[RT38] a visitor whom an agent serves, or is offered just now, is passed over', () => {
  const [one, other] = [newVisitorId(), newVisitorId()];
  const queue = [
    ...[queueEntry({ visitorId: one }), queueEntry({ visitorId: other })],
    ...[queueEntry({ visitorId: other }), queueEntry({ visitorId: null }), waiting()],
  ];
  const agents = [candidate(noor), candidate(mara)];
  const offers = offersTo(queue, agents, 'load-balancing', [one]);
  expect(offers.map(({ entry }) => queue.indexOf(entry))).toEqual([1, 3, 4]);
});

test('[RT6] reads the queue no further than there are places', () => {
  let read = 0;
  function* endless() {
    for (;;) {
      read += 1;
      yield waiting();
    }
  }
  const agents = [candidate(noor, { free: 2 }), candidate(mara, { free: 1 })];
  expect(offersTo(endless(), agents, 'load-balancing')).toHaveLength(3);
  expect(read).toBe(3);
});

test('[RT10] [RT16] [RT19] for any queue and any roster', () => {
  const ids = ['a', 'b', 'c', 'd'].map(agentId);
  const crowd = fc.uniqueArray(
    fc.record({
      agentId: fc.constantFrom(...ids),
      open: fc.nat({ max: 5 }),
      free: fc.integer({ min: -1, max: 4 }),
      assignedAt: fc.nat({ max: 5 }),
    }),
    { selector: (one) => one.agentId },
  );
  const line = fc.array(fc.option(fc.constantFrom(...ids)), { maxLength: 12 });
  const method = fc.constantFrom('load-balancing', 'load-rotation', 'external');
  fc.assert(
    fc.property(line, crowd, method, (losers, agents, how) => {
      const queue = losers.map(waiting);
      const offers = offersTo(queue, agents, how);
      const left = new Map(agents.map((one) => [one.agentId, one.free]));
      let from = 0;
      for (const { entry, agentId: id } of offers) {
        // In the order of the queue, each once.
        const at = queue.indexOf(entry, from);
        expect(at).toBeGreaterThanOrEqual(from);
        // What was passed over had nobody at that moment.
        for (const passed of queue.slice(from, at)) expect(mayHave(passed)).toBe(false);
        expect(mayHave(entry, id)).toBe(true);
        left.set(id, (left.get(id) ?? 0) - 1);
        from = at + 1;
      }
      for (const rest of queue.slice(from)) expect(mayHave(rest)).toBe(false);

      function mayHave({ lostBy }: QueueEntry, by?: AgentId): boolean {
        const others = agents.filter((one) => one.agentId !== lostBy);
        return (others.length > 0 ? others : agents).some(
          (one) => (left.get(one.agentId) ?? 0) > 0 && (!by || one.agentId === by),
        );
      }
    }),
    { numRuns: 1000 },
  );
});

describe('[RT8] of those who are preferred', () => {
  const agents = [candidate(noor, { free: 0 }), candidate(mara), candidate(tom)];

  test.each([
    ['the first who has a place gets it', [noor, tom, mara], tom],
    ['a stranger is passed over', [agentId('nobody'), mara], mara],
    ['it may be nobody', [noor], null],
    ['there may be none', [], null],
  ])('%s', (_what, preferred, chosen) => {
    expect(preferredOf(preferred, agents)).toBe(chosen);
  });
});

describe('[RT20] a position', () => {
  test('is told at each step near the front, and more rarely far back', () => {
    expect(stepsWithin(0)).toEqual([]);
    expect(stepsWithin(6)).toEqual([1, 2, 3, 4, 5]);
    expect(stepsWithin(100_000).slice(-3)).toEqual([100, 200, 500]);
  });
});

describe('[RT21] the estimate', () => {
  const minute = rosterEntry({ handlingMs: 60_000 });

  test('is the position, times what a conversation takes, over the places of those who are there', () => {
    expect(waitSecondsAt(1, [minute], null)).toBe(20);
    expect(waitSecondsAt(6, [minute], null)).toBe(120);
    const slower = rosterEntry({ agentId: mara, handlingMs: 180_000 });
    expect(waitSecondsAt(6, [minute, slower], null)).toBe(120);
  });

  test('counts the department’s limit where it is lower, and nobody who is not there', () => {
    expect(waitSecondsAt(1, [minute], 1)).toBe(60);
    expect(waitSecondsAt(1, [minute], 9)).toBe(20);
    const away = rosterEntry({ agentId: mara, availability: 'away', handlingMs: 1 });
    expect(waitSecondsAt(1, [minute, away], null)).toBe(20);
  });

  test('goes by those of whom it is known how long they take', () => {
    expect(waitSecondsAt(1, [minute, rosterEntry({ agentId: mara })], null)).toBe(10);
  });

  test('is none while nobody is there, or nothing is known', () => {
    expect(waitSecondsAt(1, [], null)).toBeNull();
    expect(waitSecondsAt(1, [rosterEntry()], null)).toBeNull();
    expect(waitSecondsAt(1, [rosterEntry({ ...minute, online: false })], null)).toBeNull();
  });
});
