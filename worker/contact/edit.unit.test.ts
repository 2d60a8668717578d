// What becomes of an agent's changes, where they ask no directory.

import { expect, test } from 'vitest';
import type { Contact, ContactChanges } from '#shared/contact/contact.ts';
import { contactIdOfVisitor, newVisitorId } from '#shared/ids.ts';
import { settingsWith } from '#shared/testing/settings.ts';
import { editOf } from './edit.ts';

const settings = settingsWith({
  contacts: { phone_country_code: '+49' },
  custom_fields: [
    { id: 'orders', name: 'Orders so far', of: 'contact', kind: 'number' },
    { id: 'plant', name: 'Favourite', of: 'contact', kind: 'choice', choices: ['Fern', 'Ivy'] },
    { id: 'order', name: 'Order number', of: 'conversation' },
  ],
});

const contact: Contact = {
  ...{ contactId: contactIdOfVisitor(newVisitorId()), name: 'Iris', emails: [], phones: [] },
  ...{ channels: ['livechat'], createdAt: 1, lastMessageAt: 2, manager: null, blocked: null },
  customFields: { plant: 'Fern' },
};

const edited = async (changes: ContactChanges) => {
  // Only a contact manager is looked up there.
  const outcome = await editOf(contact, changes, { settings, DIRECTORY: null as never });
  return outcome.ok ? outcome.value : outcome.refusal;
};

test('[CI3] the workspace’s own fields are judged, and told by the name that they have', async () => {
  expect(await edited({ customFields: { orders: '3', plant: null } })).toEqual({
    edit: { customFields: { orders: '3' } },
    fields: [
      { field: 'Orders so far', before: [], after: ['3'] },
      { field: 'Favourite', before: ['Fern'], after: [] },
    ],
  });
  expect(await edited({ customFields: { plant: 'Fern' } })).toEqual({ edit: {}, fields: [] });
  expect(await edited({ customFields: { orders: 'many' } })).toMatchObject({
    code: 'field.not-a-number',
  });
  // One of conversations.
  expect(await edited({ customFields: { order: 'AB1' } })).toMatchObject({ code: 'field.unknown' });
});

test('[CI4] numbers without a country code are of the country in the settings, and each is stored once', async () => {
  expect(await edited({ phones: ['030 123456', '+49 30 12 34 56'] })).toMatchObject({
    edit: { phones: ['+4930123456'] },
  });
  expect(await edited({ phones: ['12'] })).toEqual({
    code: 'phone.unclear',
    details: { phone: '12' },
  });
});
