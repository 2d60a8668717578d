import { expect, test } from 'vitest';
import { SLOT_KINDS } from '#shared/agent.ts';
import type { QuickView } from './action.ts';
import { ACTIONS } from './all.ts';

const STATUSES = ['queued', 'serving', 'held', 'closed'] as const;

const quick = (status: QuickView['status'], role: QuickView['role'], only?: 'front') =>
  ACTIONS.filter(({ quick }) => {
    const place = quick?.({ status, role });
    return only ? place === only : place;
  }).map(({ id }) => id);

test('every action has an id of its own', () => {
  const ids = ACTIONS.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('[WS16] no two actions share a shortcut', () => {
  const keys = ACTIONS.flatMap((action) => action.keys);
  expect(new Set(keys).size).toBe(keys.length);
});

test('[WS27] the quick actions stand in one order; hold and resume, end and leave share a place', () => {
  const first = ['take', 'requeue', 'forward', 'hold', 'end', 'invite', 'note'];
  const order = [...first, 'details', 'contact', 'history', 'search-in', 'canned'];
  const instead = (place: number, id: string) => order.with(place, id);
  expect(quick('queued', null)).toEqual(order);
  expect(quick('serving', 'serving')).toEqual(order);
  expect(quick('held', 'on-hold')).toEqual(instead(3, 'resume'));
  expect(quick('serving', 'helping')).toEqual(instead(4, 'leave'));
});

test('[WS27] a phone shows three at most', () => {
  for (const status of STATUSES) {
    for (const role of [...SLOT_KINDS, null]) {
      expect(quick(status, role, 'front').length).toBeLessThanOrEqual(3);
    }
  }
  expect(quick('queued', null, 'front')).toEqual(['take', 'forward']);
  expect(quick('serving', 'serving', 'front')).toEqual(['forward', 'hold', 'end']);
  expect(quick('held', 'on-hold', 'front')).toEqual(['forward', 'resume', 'end']);
  expect(quick('serving', 'helping', 'front')).toEqual(['leave', 'invite']);
  expect(quick('closed', null, 'front')).toEqual(['write-again']);
});
