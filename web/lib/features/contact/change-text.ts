// A change of a contact, as sentences.

import type { ChangedField, ContactChange } from '#shared/contact/contact.ts';
import { m } from '#messages/compiled/messages.js';

const FIELDS: Record<string, () => string> = {
  name: m.contact_name,
  emails: m.contact_email,
  phones: m.contact_phone,
  manager: m.contact_manager,
};

const listed = (values: readonly string[]): string => values.join(', ') || m.details_none();

const fieldText = ({ field, before, after }: ChangedField): string =>
  m.contact_change_field({
    field: FIELDS[field]?.() ?? field,
    before: listed(before),
    after: listed(after),
  });

export function changeTexts({ kind, fields }: ContactChange): string[] {
  switch (kind) {
    case 'edited':
      return fields.map(fieldText);
    case 'blocked':
      return [m.contact_change_blocked()];
    case 'unblocked':
      return [m.contact_change_unblocked()];
    case 'merged':
      return [m.contact_change_merged(), ...fields.map(fieldText)];
    case 'unmerged':
      return [m.contact_change_unmerged()];
  }
}
