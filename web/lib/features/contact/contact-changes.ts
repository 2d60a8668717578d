// From what is written in the form to what is to change.

import { EMAIL } from '#shared/api.ts';
import type { Contact, ContactChanges } from '#shared/contact/contact.ts';
import type { AgentId } from '#shared/ids.ts';
import { isBlank } from '#shared/text.ts';
import { m } from '#messages/compiled/messages.js';

export interface Written {
  readonly name: string;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  readonly managerId: AgentId | null;
}

/** What agents may change; a verified one is the person's own. */
export const claimedOf = (addresses: Contact['emails']): string[] =>
  addresses.filter(({ isVerified }) => !isVerified).map(({ value }) => value);

/** Without empty lines and what is there twice. */
const filled = (lines: readonly string[]): string[] => [
  ...new Set(lines.map((line) => line.trim()).filter((line) => line !== '')),
];

const emailsIn = ({ emails }: Pick<Written, 'emails'>): string[] =>
  filled(emails.map((email) => email.toLowerCase()));

/** What can't be saved, as a sentence; null: nothing. Phone numbers are judged where the country is known. */
export function mistakeIn(written: Written): string | null {
  if (isBlank(written.name)) return m.contact_name_missing();
  const wrong = emailsIn(written).find((email) => !EMAIL.test(email));
  return wrong === undefined ? null : m.contact_email_wrong({ email: wrong });
}

/** Only what differs: what a colleague has changed meanwhile stays. */
export function contactChangesOf(before: Contact, written: Written): ContactChanges {
  const name = written.name.trim();
  const emails = emailsIn(written);
  const phones = filled(written.phones);
  const { managerId } = written;
  return {
    ...(name !== before.name && { name }),
    ...(differ(emails, claimedOf(before.emails)) && { emails }),
    ...(differ(phones, claimedOf(before.phones)) && { phones }),
    ...(managerId !== (before.manager?.id ?? null) && { managerId }),
  };
}

const differ = (one: readonly string[], other: readonly string[]): boolean =>
  one.join('\n') !== other.join('\n');
