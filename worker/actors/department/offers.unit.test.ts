import { describe, expect, test } from 'vitest';
import { newConversationId, newVisitorId } from '#shared/ids.ts';
import { rosterEntry } from '#shared/testing/department-entries.ts';
import { NOOR } from '#shared/testing/logs.ts';
import { Offers } from './offers.ts';

const [id, other] = [newConversationId(), newConversationId()];
const visitorId = newVisitorId();
const AT = 1000;

/** Noor's word, as of its version. */
const noor = (version: number) => rosterEntry({ version });

const outstanding = (offers: Offers, version: number) =>
  offers.outstanding(new Map([[NOOR.id, noor(version)]])).get(NOOR.id);

function offered(): Offers {
  const offers = new Offers();
  offers.make({ conversationId: id, visitorId }, noor(4), AT);
  return offers;
}

describe('[RT13] [RT38] an offer counts as one of the agent’s', () => {
  test('until their report tells of it, and then never again', () => {
    const offers = offered();
    offers.make({ conversationId: other, visitorId }, noor(4), AT + 1);
    expect(outstanding(offers, 4)).toEqual({ count: 2, lastAt: AT + 1 });
    expect(outstanding(offers, 5)).toBeUndefined();
    expect(outstanding(offers, 4)).toBeUndefined();
  });

  test('also while it is accepted, and when it has left the queue, until the agent says so', () => {
    const offers = offered();
    offers.accepted(id, 7);
    expect(outstanding(offers, 4)).toEqual({ count: 1, lastAt: AT });
    offers.left(id);
    expect(outstanding(offers, 4)).toEqual({ count: 1, lastAt: AT });
    expect(outstanding(offers, 5)).toBeUndefined();
  });

  test('and its visitor as one whom they serve', () => {
    const offers = offered();
    expect(offers.visitors()).toEqual([visitorId]);
    expect(outstanding(offers, 5)).toBeUndefined();
    expect(offers.visitors()).toEqual([]);
  });

  test('not once it is withdrawn, or was not to be had any more', () => {
    const [withdrawn, missed] = [offered(), offered()];
    withdrawn.withdraw(id);
    missed.missed(id, 7);
    expect(outstanding(withdrawn, 4)).toBeUndefined();
    expect(outstanding(missed, 4)).toBeUndefined();
  });

  test('and nothing is counted of who has left the roster', () => {
    expect(offered().outstanding(new Map()).size).toBe(0);
  });
});

describe('[DC8] a conversation that is offered', () => {
  test.each([['accepted'], ['missed']] as const)(
    'and %s is offered to nobody else by a word from before that',
    (how) => {
      const offers = offered();
      offers.heard(id, 99);
      expect(offers.has(id)).toBe(true);
      offers[how](id, 7);
      offers.heard(id, 7);
      expect(offers.has(id)).toBe(true);
      offers.heard(id, 8);
      expect(offers.has(id)).toBe(false);
    },
  );

  test('may be offered again when it has left the queue and comes back', () => {
    const offers = offered();
    offers.accepted(id, 7);
    offers.left(id);
    expect(offers.has(id)).toBe(false);
  });

  test('is not brought back by an answer that comes after it has left', () => {
    const offers = offered();
    offers.left(id);
    offers.accepted(id, 7);
    expect(offers.has(id)).toBe(false);
  });
});

test('[RT14] an agent who could not take it is offered nothing until their next report', () => {
  const offers = new Offers();
  expect(offers.hasRefused(noor(4))).toBe(false);
  offers.refusedBy(noor(4));
  expect(offers.hasRefused(noor(4))).toBe(true);
  expect(offers.hasRefused(noor(5))).toBe(false);
});
