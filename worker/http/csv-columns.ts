// What the columns of exported files are called, in the language that the agent reads.

import type { CustomField } from '#shared/custom-fields.ts';
import type { Locale } from '#messages/locale.ts';
// Not its object `m`: a bundler would keep every sentence of it.
import * as m from '#messages/compiled/messages.js';
import type { ContactColumns } from '../io/contact-export.ts';

/** @param fields the workspace's own, of contacts */
export function contactColumns(fields: readonly CustomField[], locale: Locale): ContactColumns {
  const names = [
    ...[m.contact_name, m.contact_email, m.contact_phone, m.contact_manager],
    ...[m.contacts_blocked, m.contacts_created, m.contact_last_message],
  ];
  return {
    names: [...names.map((name) => name({}, { locale })), ...fields.map(({ name }) => name)],
    fields: fields.map(({ id }) => id),
  };
}

/** @param fields the workspace's own, of conversations */
export function conversationColumns(fields: readonly CustomField[], locale: Locale): string[] {
  const names = [
    ...[m.details_status, m.details_contact, m.details_department, m.details_agent],
    ...[m.details_channel, m.details_priority, m.details_sla, m.details_tags, m.details_created],
    ...[m.list_ended_at, m.contact_last_message, m.list_preview],
  ];
  return ['ID', ...names.map((name) => name({}, { locale })), ...fields.map(({ name }) => name)];
}
