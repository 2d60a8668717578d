import { expect, test, vi } from 'vitest';
import { newContactId } from '#shared/ids.ts';
import { askContacts, contactsWanted } from './ask-contacts.ts';

test.each([
  ['', null],
  [' a ', null],
  ['🦘', null],
  [' mar ', 'mar'],
  ['木村', '木村'],
  ['x'.repeat(200), 'x'.repeat(100)],
])('[WS69] %j looks for %j', (typed, wanted) => {
  expect(contactsWanted(typed)).toBe(wanted);
});

test('[WS69] contacts are asked of the directory, those who wrote last first', async () => {
  const contact = {
    ...{ contactId: newContactId(), name: 'Mara Lind', email: 'm@x.example', phone: null },
    ...{ manager: null, isBlocked: false, createdAt: 1, lastMessageAt: null },
  };
  const asked = vi.fn((address: string) => {
    expect(address).toBe('/api/contacts?search=mara+%26+co&sort=last-message&direction=descending');
    const body = { contacts: [contact], previous: null, next: null, managers: [] };
    return Promise.resolve(Response.json(body));
  });
  vi.stubGlobal('fetch', asked);
  const { signal } = new AbortController();
  const found = await askContacts('mara & co', null, signal);
  expect(found).toEqual({ ok: true, value: { hits: [contact], next: null } });
  vi.unstubAllGlobals();
});
