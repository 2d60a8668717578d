import { describe, expect, test } from 'vitest';
import type { RosterEntry } from '#shared/department.ts';
import { newConversationId } from '#shared/ids.ts';
import { NOOR } from '#shared/testing/logs.ts';
import { Offers } from './offers.ts';

const id = newConversationId();

const noor = (version: number): RosterEntry => ({
  ...{ agentId: NOOR.id, name: 'Noor', availability: 'available', online: true },
  ...{ open: 0, openHere: 0, limit: 3, assignedAt: 0, handlingMs: null, version },
});
const counted = (offers: Offers, version: number) =>
  offers.countBy(new Map([[NOOR.id, noor(version)]])).get(NOOR.id) ?? 0;

describe('[RT13] an offer', () => {
  test('counts as one of his until his word knows of it', () => {
    const offers = new Offers();
    offers.make(id, noor(4));
    expect(counted(offers, 4)).toBe(1);
    expect(counted(offers, 5)).toBe(0);
    offers.withdraw(id);
    expect(counted(offers, 4)).toBe(0);
  });

  test('counts while it is accepted and he has not said so', () => {
    const offers = new Offers();
    offers.make(id, noor(4));
    offers.settle(id, 7);
    expect(counted(offers, 4)).toBe(1);
  });

  test('counts for an agent of whom nothing is known yet', () => {
    const offers = new Offers();
    offers.make(id, noor(4));
    expect(offers.countBy(new Map()).get(NOOR.id)).toBe(1);
  });
});

describe('[DC8] a conversation that was offered', () => {
  test('is not offered anew by a word from before it answered', () => {
    const offers = new Offers();
    offers.make(id, noor(4));
    offers.heard(id, 99);
    expect(offers.has(id)).toBe(true);
    offers.settle(id, 7);
    offers.heard(id, 7);
    expect(offers.has(id)).toBe(true);
  });

  test('may be offered anew once it waits again', () => {
    const offers = new Offers();
    offers.make(id, noor(4));
    offers.settle(id, 7);
    offers.heard(id, 8);
    expect(offers.has(id)).toBe(false);
  });

  test('that nobody offers is not settled by an answer', () => {
    const offers = new Offers();
    offers.settle(id, 7);
    expect(offers.has(id)).toBe(false);
  });
});

test('[RT14] who could not take it is offered nothing until his next word', () => {
  const offers = new Offers();
  expect(offers.hasRefused(noor(4))).toBe(false);
  offers.refusedBy(noor(4));
  expect(offers.hasRefused(noor(4))).toBe(true);
  expect(offers.hasRefused(noor(5))).toBe(false);
});
