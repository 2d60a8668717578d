import { expect, test } from 'vitest';
import { addressWith, directoryQuery, exportQuery } from './directory-address.ts';

const ID = '641cc229-003c-4aeb-aad8-814838ab666f';
const asked = (address: string) =>
  Object.fromEntries(directoryQuery(new URLSearchParams(address), 'Europe/Berlin'));

test('[CN6] days are spans of the agent’s own time zone, and the last one is a part of it', () => {
  expect(asked('createdFrom=2026-03-29&createdTo=2026-03-29')).toEqual({
    createdFrom: String(Date.parse('2026-03-28T23:00:00Z')),
    createdTo: String(Date.parse('2026-03-29T22:00:00Z')),
  });
});

test('[CN6] what nobody could have chosen is as if it were not there', () => {
  expect(asked('search=&manager=&sort=shoe-size&email=yes&createdTo=soon&page=2')).toEqual({
    email: 'yes',
  });
});

test('[CN22] the file has all pages of the list', () => {
  const query = exportQuery(new URLSearchParams(`search=ivy&sort=created&after=${ID}`), 'UTC');
  expect(Object.fromEntries(query)).toEqual({ search: 'ivy' });
});

test('[CN6] a new filter begins with the first page', () => {
  const address = new URLSearchParams(`search=ivy&after=${ID}`);
  expect(addressWith(address, { blocked: 'yes' })).toBe('/contacts?search=ivy&blocked=yes');
  expect(addressWith(address, { before: ID })).toBe(`/contacts?search=ivy&before=${ID}`);
  expect(addressWith(address, { search: null })).toBe('/contacts');
});
