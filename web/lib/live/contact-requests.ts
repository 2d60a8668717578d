// What the workspace asks the server about contacts.

import * as v from 'valibot';
import {
  contactBody,
  contactChangesBody,
  pastConversationsBody,
  type Contact,
  type ContactChanges,
  type ContactChangesPage,
  type PastConversations,
} from '#shared/contact/contact.ts';
import type { CommandId, ContactId, ConversationId } from '#shared/ids.ts';
import { textBody } from '#shared/conversation/body.ts';
import { accept, type Outcome } from '#shared/refusals.ts';
import { outcomeOf } from '../api.ts';

/** A contact, and the conversation beside which the agent looks at them; null: beside none. */
export interface ContactAddress {
  readonly contactId: ContactId;
  readonly conversationId: ConversationId | null;
}

const JSON_TYPE = { 'content-type': 'application/json' };

function addressOf({ contactId, conversationId }: ContactAddress, path: string, after?: string) {
  const query = new URLSearchParams({
    ...(conversationId !== null && { conversation: conversationId }),
    ...(after !== undefined && { after }),
  });
  return `/api/contacts/${contactId}${path}?${query}`;
}

async function ask<const S extends v.GenericSchema>(
  schema: S,
  path: string,
  init?: RequestInit,
): Promise<Outcome<v.InferOutput<S>>> {
  const outcome = await outcomeOf(await fetch(path, init));
  return outcome.ok ? accept(v.parse(schema, await outcome.value.json())) : outcome;
}

export const fetchContact = (of: ContactAddress): Promise<Outcome<Contact>> =>
  ask(contactBody, addressOf(of, ''));

export const changeContact = (
  of: ContactAddress,
  changes: ContactChanges,
): Promise<Outcome<Contact>> =>
  ask(contactBody, addressOf(of, ''), {
    method: 'PATCH',
    headers: JSON_TYPE,
    body: JSON.stringify(changes),
  });

export const setContactBlocked = async (
  of: ContactAddress,
  isBlocked: boolean,
): Promise<Outcome<Response>> =>
  outcomeOf(await fetch(addressOf(of, '/block'), { method: isBlocked ? 'PUT' : 'DELETE' }));

export const fetchContactChanges = (
  of: ContactAddress,
  after?: string,
): Promise<Outcome<ContactChangesPage>> =>
  ask(contactChangesBody, addressOf(of, '/changes', after));

export const fetchPastConversations = (
  of: ContactAddress,
  after?: string,
): Promise<Outcome<PastConversations>> =>
  ask(pastConversationsBody, addressOf(of, '/conversations', after));

/** What begins the next conversation; a retry says the same. */
export interface NextConversation {
  readonly conversationId: ConversationId;
  readonly commandId: CommandId;
  readonly text: string;
}

export const beginNext = async (
  previousId: ConversationId,
  { conversationId, commandId, text }: NextConversation,
): Promise<Outcome<Response>> =>
  outcomeOf(
    await fetch(`/api/conversations/${previousId}/next`, {
      method: 'POST',
      headers: JSON_TYPE,
      body: JSON.stringify({ conversationId, commandId, body: textBody(text) }),
    }),
  );
