// What an agent's changes make of a contact: judged, and only what differs.

import type { ChangedField, Contact, ContactChanges } from '#shared/contact/contact.ts';
import { e164 } from '#shared/contact/phone.ts';
import { fieldsOf, judgeFields, withChanges, type FieldValues } from '#shared/custom-fields.ts';
import { accept, refuse, type Outcome } from '#shared/refusals.ts';
import { rulesOf } from '#shared/settings/rules-of.ts';
import type { AgentRef } from '#shared/conversation/events.ts';
import { findAgent } from '../io/agents.ts';
import type { ContactEdit } from '../io/contact-record.ts';
import { settingsOf } from '../io/settings.ts';

interface Judged {
  readonly edit: ContactEdit;
  /** What differs, for the history. */
  readonly fields: readonly ChangedField[];
}

export async function editOf(
  contact: Contact,
  changes: ContactChanges,
  env: Pick<Env, 'DIRECTORY' | 'settings'>,
): Promise<Outcome<Judged>> {
  const phones = readPhones(changes.phones, settingsOf(env).contacts.phone_country_code ?? null);
  if (!phones.ok) return phones;
  const manager = await readManager(changes.managerId, env.DIRECTORY);
  if (!manager.ok) return manager;
  const own = judgeOwnFields(contact, changes, env);
  if (!own.ok) return own;
  const { name, emails, managerId } = changes;
  const fields = [
    difference('name', [contact.name], name === undefined ? undefined : [name]),
    difference('emails', claimed(contact.emails), emails),
    difference('phones', claimed(contact.phones), phones.value),
    difference('manager', namesOf(contact.manager), manager.value && namesOf(manager.value.agent)),
    ...own.value.fields,
  ].filter((field) => field !== null);
  const edit = {
    ...(name !== undefined && { name }),
    ...(emails && { emails }),
    ...(phones.value && { phones: phones.value }),
    ...(managerId !== undefined && { managerId }),
    ...(own.value.fields.length > 0 && { customFields: own.value.values }),
  };
  return accept({ edit, fields });
}

/** What agents may change. */
const claimed = (addresses: Contact['emails']): string[] =>
  addresses.filter(({ isVerified }) => !isVerified).map(({ value }) => value);

const namesOf = (agent: AgentRef | null): string[] => (agent ? [agent.name] : []);

function difference(
  field: string,
  before: readonly string[],
  after: readonly string[] | undefined,
): ChangedField | null {
  if (!after || before.join('\n') === after.join('\n')) return null;
  return { field, before: [...before], after: [...after] };
}

function readPhones(
  texts: readonly string[] | undefined,
  home: string | null,
): Outcome<readonly string[] | undefined> {
  if (!texts) return accept(undefined);
  const numbers = new Set<string>();
  for (const text of texts) {
    const number = e164(text, home);
    if (number === null) return refuse('phone.unclear', { phone: text });
    numbers.add(number);
  }
  return accept([...numbers]);
}

/** The fields that the workspace has added to its contacts. In the history they have the name that was true then. */
function judgeOwnFields(
  { customFields: before }: Contact,
  { customFields: wanted = {} }: ContactChanges,
  { settings }: Pick<Env, 'settings'>,
): Outcome<{ values: FieldValues; fields: (ChangedField | null)[] }> {
  const all = fieldsOf(rulesOf(settingsOf({ settings })).customFields, 'contact');
  const judged = judgeFields(all, before, wanted);
  if (!judged.ok) return judged;
  const values = withChanges(before, judged.value);
  const listed = (value: string | undefined) => (value === undefined ? [] : [value]);
  const fields = Object.keys(judged.value).map((id) => {
    const name = all.find((field) => field.id === id)?.name ?? id;
    return difference(name, listed(before[id]), listed(values[id]));
  });
  return accept({ values, fields });
}

/** Undefined: it is not to change. */
async function readManager(
  id: ContactChanges['managerId'],
  directory: D1Database,
): Promise<Outcome<{ agent: AgentRef | null } | undefined>> {
  if (id === undefined) return accept(undefined);
  if (id === null) return accept({ agent: null });
  const agent = await findAgent(directory, id);
  return agent ? accept({ agent: { id, name: agent.name } }) : refuse('agent.unknown');
}
