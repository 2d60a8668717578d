import { expect, test } from 'vitest';
import { contactIdOfVisitor, newVisitorId } from '#shared/ids.ts';
import { aListed } from '#shared/testing/listed.ts';
import { listedDueAt, positionIn, readQuery, spanOf } from './list.ts';
import { startOfDay } from './start-of-day.ts';

const read = (search: string) => readQuery(new URLSearchParams(search));

test('[CL1] an address names what narrows a list; what is empty is left out', () => {
  const contact = contactIdOfVisitor(newVisitorId());
  const query = { state: 'closed', agent: 'ada', tag: 'Bug "1"', contact, due: 'late' };
  expect(read(`${String(new URLSearchParams(query))}&department=&from=2026-07-01`)).toMatchObject({
    success: true,
    output: { ...query, from: '2026-07-01', sort: 'newest' },
  });
  expect(read('')).toMatchObject({ success: true, output: { state: 'open', sort: 'newest' } });
});

test.each([
  ...['state=some', 'colour=green', 'from=yesterday', 'contact=7', 'sort=name'],
  ...['after=1', `after=1.${'-'.repeat(36)}`],
])('[CL1] %s is no list', (search) => {
  expect(read(search).success).toBe(false);
});

test('[CL2] an address goes on where a page ended', () => {
  const conversationId = '97b3c9f9-5cf4-4c2d-b48e-942cfea3e379';
  const after = `1795362075820.${conversationId}`;
  expect(read(`after=${after}`).success).toBe(true);
  expect(positionIn(after)).toEqual({ at: 1_795_362_075_820, conversationId });
});

test.each([
  ['2026-07-01', 'UTC', 0, '2026-07-01T00:00:00Z'],
  ['2026-07-01', 'Asia/Tokyo', 0, '2026-06-30T15:00:00Z'],
  ['2026-07-01', 'America/New_York', 1, '2026-07-02T04:00:00Z'],
  ['2026-03-29', 'Europe/Berlin', 0, '2026-03-28T23:00:00Z'],
  ['2026-03-29', 'Europe/Berlin', 1, '2026-03-29T22:00:00Z'],
  ['2026-10-25', 'Europe/Berlin', 1, '2026-10-25T23:00:00Z'],
  ['2026-12-31', 'Mars/Olympus', 1, '2027-01-01T00:00:00Z'],
])('[CL3] the day %s in %s begins, %i days later, at %s', (day, zone, later, at) => {
  expect(new Date(startOfDay(day, zone, later)).toISOString()).toBe(at.replace('Z', '.000Z'));
});

test('[CL9] a row says by when the first answer was promised, until there is one', () => {
  const promises = [{ id: 'gold', name: 'Gold', dueMinutes: 5 }];
  const waiting = { sla: 'gold', unansweredSince: 2_000, openedAt: 1_000 };
  expect(listedDueAt(aListed(waiting), promises)).toBe(301_000);
  expect(listedDueAt(aListed({ ...waiting, unansweredSince: null }), promises)).toBeNull();
  expect(listedDueAt(aListed({ ...waiting, sla: 'gone' }), promises)).toBeNull();
});

test('[CL3] both days are in the list', () => {
  expect(spanOf({ from: '2026-07-01', to: '2026-07-01' })).toEqual({
    ...{ from: Date.UTC(2026, 6, 1), to: Date.UTC(2026, 6, 2) },
  });
  expect(spanOf({})).toEqual({});
});
