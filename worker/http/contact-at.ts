// The contact that an address names, if the agent who asks may see them.

import type { Context } from 'hono';
import * as v from 'valibot';
import type { Me } from '#shared/api.ts';
import type { Contact } from '#shared/contact/contact.ts';
import {
  contactIdSchema,
  conversationIdSchema,
  type ContactId,
  type ConversationId,
} from '#shared/ids.ts';
import { ensureContactOf } from '../contact/of-conversation.ts';
import { findContact } from '../io/contact-record.ts';
import type { Sight } from '../io/conversation-lists.ts';
import { agentBy } from './identity.ts';
import type { SignedIn } from './middleware/session.ts';
import { RefusalError } from './refusal-error.ts';

export function sightOf({ agentId, departments, permissions }: Me): Sight {
  const seesAll = permissions.includes('conversation.view-all');
  return { departments: seesAll ? null : departments, agentId };
}

/** The conversation beside which the agent looks at the contact: who may read it may see its contact. */
export function throughOf(c: Context<SignedIn>): ConversationId | null {
  const id = v.safeParse(conversationIdSchema, c.req.query('conversation'));
  return id.success ? id.output : null;
}

export async function contactAt(c: Context<SignedIn>): Promise<Contact> {
  const id = v.safeParse(contactIdSchema, c.req.param('id'));
  if (!id.success) throw new RefusalError('contact.unknown');
  const found =
    (await findContact(c.env.DIRECTORY, id.output, sightOf(c.var.me))) ??
    (await contactBeside(c, id.output));
  if (!found) throw new RefusalError('contact.unknown');
  return found;
}

/** The index may not have the conversation yet, and does not know who was invited. */
async function contactBeside(c: Context<SignedIn>, id: ContactId): Promise<Contact | null> {
  const through = throughOf(c);
  if (through === null) return null;
  const outcome = await c.env.CONVERSATION.getByName(through).snapshot(agentBy(c.var.me));
  if (!outcome.ok || outcome.value.state.status === 'new') return null;
  const { state } = outcome.value;
  await ensureContactOf(state, c.env.DIRECTORY);
  const contact = await findContact(c.env.DIRECTORY, state.contactId, null);
  return contact && [contact.contactId, state.contactId].includes(id) ? contact : null;
}
