// The contact of a conversation, in the directory.

import type { OpenedConversation } from '#shared/conversation/state.ts';
import { ensureContact, type ContactStanding } from '../io/contacts.ts';

/** Makes the visitor a contact, unless they are one. Answers with the contact as they are now. */
export function ensureContactOf(
  { channel, visitor, contactId, openedAt }: OpenedConversation,
  directory: D1Database,
): Promise<ContactStanding | null> {
  return ensureContact(
    directory,
    // The visitor's token proves it, or the platform that brings the conversation.
    { kind: channel, value: visitor.id, verified: true },
    { id: contactId, name: visitor.name, at: openedAt },
  );
}
