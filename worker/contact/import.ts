// What becomes of the rows of a table of contacts, each judged for itself.

import * as v from 'valibot';
import { ADDRESSES_MOST, contactEmailSchema, contactNameSchema } from '#shared/contact/contact.ts';
import { addressesIn, type ImportRow, type RowOutcome } from '#shared/contact/import.ts';
import { e164 } from '#shared/contact/phone.ts';
import { fieldValueSchema, wrongIn, type CustomField } from '#shared/custom-fields.ts';
import type { AgentId } from '#shared/ids.ts';
import type { DirectoryAgent } from '../io/agents.ts';
import type { Address, NewContact, Owner } from '../io/new-contacts.ts';

export type Judged =
  | { readonly contact: NewContact }
  | { readonly outcome: Extract<RowOutcome, { outcome: 'wrong' }> };

interface Known {
  readonly agents: readonly DirectoryAgent[];
  /** The country code of numbers without one. */
  readonly phoneCountry: string | null;
  /** The workspace's own, of contacts. */
  readonly fields: readonly CustomField[];
}

/** The contact that a row stands for, or the first thing that is wrong with it. */
export function judgeRow(row: ImportRow, known: Known): Judged {
  const name = v.safeParse(contactNameSchema, row.name);
  if (!name.success) return wrong('name', row.name);
  const addresses: Address[] = [];
  for (const text of addressesIn(row.emails)) {
    const email = v.safeParse(contactEmailSchema, text);
    if (!email.success) return wrong('email', text);
    addresses.push({ kind: 'email', value: email.output });
  }
  for (const text of addressesIn(row.phones)) {
    const value = e164(text, known.phoneCountry);
    if (value === null) return wrong('phone', text);
    addresses.push({ kind: 'phone', value });
  }
  const count = (kind: Address['kind']) => addresses.filter((one) => one.kind === kind).length;
  if (Math.max(count('email'), count('phone')) > ADDRESSES_MOST) return wrong('addresses', '');
  const managerId = managerOf(row.manager, known.agents);
  if (managerId === undefined) return wrong('manager', row.manager);
  const fields: Record<string, string> = {};
  for (const [id, text] of Object.entries(row.fields)) {
    const field = known.fields.find((one) => one.id === id);
    const value = v.safeParse(fieldValueSchema, text);
    if (!field || !value.success || wrongIn(field, value.output)) {
      return wrong('field', `${field?.name ?? id}: ${text}`);
    }
    fields[id] = value.output;
  }
  return { contact: { contactId: row.contactId, name: name.output, managerId, addresses, fields } };
}

const wrong = (
  problem: Extract<RowOutcome, { outcome: 'wrong' }>['problem'],
  value: string,
): Judged => ({ outcome: { outcome: 'wrong', problem, value } });

/** By username or e-mail address; null: none; undefined: nobody is called that. */
function managerOf(text: string, agents: readonly DirectoryAgent[]): AgentId | null | undefined {
  const wanted = text.trim().toLowerCase().replace(/^@/, '');
  if (wanted === '') return null;
  return agents.find(({ username, email }) => username === wanted || email === wanted)?.agentId;
}

/** Whether a contact is new, beside those who are stored and those of the rows before it. */
export function outcomeOf(contact: NewContact, owners: readonly Owner[], rows: Rows): RowOutcome {
  for (const address of contact.addresses) {
    if (rows.has(address)) return { outcome: 'wrong', problem: 'twice', value: address.value };
    const owner = owners.find(
      ({ kind, value }) => kind === address.kind && value === address.value,
    );
    // A retry finds what it stored itself.
    if (owner && owner.contactId !== contact.contactId) return known(address.value, owner);
  }
  rows.add(contact.addresses);
  return { outcome: 'new' };
}

const known = (value: string, { contactId, name, isInSight }: Owner): RowOutcome => ({
  ...{ outcome: 'known', value },
  contact: isInSight ? { contactId, name } : null,
});

/** The addresses of the rows so far. */
export class Rows {
  readonly #addresses = new Set<string>();

  has({ kind, value }: Address): boolean {
    return this.#addresses.has(`${kind} ${value}`);
  }

  add(addresses: readonly Address[]): void {
    for (const { kind, value } of addresses) this.#addresses.add(`${kind} ${value}`);
  }
}
