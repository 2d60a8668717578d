import { expect, test } from 'vitest';
import { readQuery } from '#shared/conversation-lists/list.ts';
import { changedQuery, isNarrowed, listAddress } from './list-address.ts';

const AFTER = '1795362075820.97b3c9f9-5cf4-4c2d-b48e-942cfea3e379';

function queryOf(search: string) {
  const query = readQuery(new URLSearchParams(search));
  if (!query.success) throw new Error('no query');
  return query.output;
}

test.each([
  ['', { tag: 'Order' }, '/conversations?tag=Order'],
  ['tag=Order&agent=noor', { tag: null }, '/conversations?agent=noor'],
  [`tag=Order&after=${AFTER}`, { sort: 'oldest' }, '/conversations?tag=Order&sort=oldest'],
  ['tag=Order&status=held&due=late', { state: 'closed' }, '/conversations?state=closed&tag=Order'],
  ['state=closed&tag=Order', { state: 'open' }, '/conversations?tag=Order'],
  ['', {}, '/conversations'],
])('[CL4] from %j, %j leads to %s', (search, change, address) => {
  expect(listAddress(changedQuery(queryOf(search), change))).toBe(address);
});

test('[CL4] a list says whether anything narrows it', () => {
  expect(isNarrowed(queryOf('state=closed&sort=oldest'))).toBe(false);
  expect(isNarrowed(queryOf('state=closed&agent=noor'))).toBe(true);
});
