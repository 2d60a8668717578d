import * as v from 'valibot';
import { expect, test } from 'vitest';
import type { Contact } from '#shared/contact/contact.ts';
import { agentIdSchema, contactIdOfVisitor, newVisitorId } from '#shared/ids.ts';
import { claimedOf, contactChangesOf, mistakeIn } from './contact-changes.ts';

const noor = { id: v.parse(agentIdSchema, 'noor'), name: 'Noor' };
const contact: Contact = {
  ...{ contactId: contactIdOfVisitor(newVisitorId()), name: 'Visitor 7', phones: [] },
  emails: [
    { value: 'iris@shop.example', isVerified: true },
    { value: 'green@shop.example', isVerified: false },
  ],
  ...{ channels: ['livechat'], createdAt: 1, lastMessageAt: 2, manager: noor },
  ...{ customFields: {}, blocked: null },
};
const same = {
  ...{ name: 'Visitor 7', emails: ['green@shop.example'], phones: [], managerId: noor.id },
};

test('[CI3] only what differs is to change, without empty lines and what is there twice', () => {
  expect(claimedOf(contact.emails)).toEqual(['green@shop.example']);
  expect(contactChangesOf(contact, same)).toEqual({});
  const emails = ['green@shop.example', ' GREEN@shop.example ', '', 'i@shop.example'];
  const written = { ...same, name: ' Iris ', emails, phones: ['  '], managerId: null };
  expect(contactChangesOf(contact, written)).toEqual({
    ...{ name: 'Iris', emails: ['green@shop.example', 'i@shop.example'], managerId: null },
  });
});

test('[CI4] what can’t be saved is said', () => {
  expect(mistakeIn(same)).toBeNull();
  expect(mistakeIn({ ...same, name: ' ' })).toMatch(/name/);
  expect(mistakeIn({ ...same, emails: ['iris@shop'] })).toContain('iris@shop');
});
