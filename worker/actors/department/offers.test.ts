import { describe, expect, test } from 'vitest';
import type { RosterEntry } from '#shared/department.ts';
import { newConversationId } from '#shared/ids.ts';
import { NOOR } from '#shared/testing/logs.ts';
import { Offers } from './offers.ts';

const id = newConversationId();
const AT = 1_700_000_000_000;

const noor = (version: number): RosterEntry => ({
  ...{ agentId: NOOR.id, name: 'Noor', availability: 'available', online: true },
  ...{ open: 0, openHere: 0, limit: 3, assignedAt: 0, handlingMs: null, version },
});
const counted = (offers: Offers, version: number) =>
  offers.outstanding(new Map([[NOOR.id, noor(version)]])).get(NOOR.id)?.count ?? 0;

describe('[RT13] an offer', () => {
  test('counts as one of his until his word knows of it', () => {
    const offers = new Offers();
    offers.make(id, noor(4), AT);
    expect(counted(offers, 4)).toBe(1);
    expect(counted(offers, 5)).toBe(0);
    offers.withdraw(id);
    expect(counted(offers, 4)).toBe(0);
  });

  test('counts while it is accepted and he has not said so', () => {
    const offers = new Offers();
    offers.make(id, noor(4), AT);
    offers.accepted(id, 7);
    expect(counted(offers, 4)).toBe(1);
  });

  test('counts after the conversation has left the queue, if he has not said so', () => {
    const offers = new Offers();
    offers.make(id, noor(4), AT);
    offers.accepted(id, 7);
    offers.left(id);
    expect(counted(offers, 4)).toBe(1);
  });

  test('does not count for him when somebody else has got it', () => {
    const offers = new Offers();
    offers.make(id, noor(4), AT);
    offers.missed(id, 7);
    expect(counted(offers, 4)).toBe(0);
    expect(offers.has(id)).toBe(true);
  });

  test('puts him at the end of the rotation', () => {
    const offers = new Offers();
    offers.make(id, noor(4), AT);
    expect(offers.outstanding(new Map([[NOOR.id, noor(4)]])).get(NOOR.id)?.lastAt).toBe(AT);
  });

  test('of somebody who has left the department counts for nobody', () => {
    const offers = new Offers();
    offers.make(id, noor(4), AT);
    expect(offers.outstanding(new Map()).size).toBe(0);
  });
});

describe('[DC8] a conversation that was offered', () => {
  test('is not offered anew by a word from before it answered', () => {
    const offers = new Offers();
    offers.make(id, noor(4), AT);
    offers.heard(id, 99);
    expect(offers.has(id)).toBe(true);
    offers.accepted(id, 7);
    offers.heard(id, 7);
    expect(offers.has(id)).toBe(true);
  });

  test('may be offered anew once it waits again', () => {
    const offers = new Offers();
    offers.make(id, noor(4), AT);
    offers.accepted(id, 7);
    offers.heard(id, 8);
    expect(offers.has(id)).toBe(false);
  });

  test('that nobody offers is not settled by an answer', () => {
    const offers = new Offers();
    offers.accepted(id, 7);
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
