// After a conversation has ended, an agent begins the next one with the same contact. Mounted at /api.

import { Hono } from 'hono';
import * as v from 'valibot';
import type { Contact } from '#shared/contact/contact.ts';
import { sendableBodySchema } from '#shared/conversation/body.ts';
import { commandIdSchema, conversationIdSchema, type ConversationId } from '#shared/ids.ts';
import { findContact, openConversationsOf } from '../../io/contact-record.ts';
import { jsonBody } from '../body.ts';
import { agentBy } from '../identity.ts';
import type { SignedIn } from '../middleware/session.ts';
import { granted, RefusalError } from '../refusal-error.ts';
import { conversationAt } from './conversations.ts';

/** Enough for the longest message that settings allow, in any script. */
const MESSAGE_BYTES = 128 * 1024;

const writeAgainBody = v.strictObject({
  /** Of the next conversation, minted by the agent's page; a retry carries the same one. */
  conversationId: conversationIdSchema,
  commandId: commandIdSchema,
  body: sendableBodySchema,
});

export const writeAgain = new Hono<SignedIn>().post(
  '/conversations/:id/next',
  jsonBody(writeAgainBody, MESSAGE_BYTES),
  async (c) => {
    const by = agentBy(c.var.me);
    const { conversationId, commandId, body } = c.req.valid('json');
    const { conversationId: previousId, state } = granted(await conversationAt(c).snapshot(by));
    if (state.status !== 'closed') throw new RefusalError('conversation.not-closed');
    const contact = await findContact(c.env.DIRECTORY, state.contactId, null);
    if (contact) await requireFree(c.env.DIRECTORY, contact, conversationId);
    const { visitor, initialName, contactId, channel, locale, departmentId } = state;
    const command = {
      ...{ type: 'conversation.begin' as const, previousId, departmentId, body },
      ...{ contactId, channel, locale, visitor: { id: visitor.id, name: initialName } },
    };
    granted(await c.env.CONVERSATION.getByName(conversationId).perform(by, command, commandId, 0));
    return c.body(null, 204);
  },
);

/** A retry finds the one that it has begun. */
async function requireFree(
  directory: D1Database,
  { contactId, name: contact, blocked }: Contact,
  next: ConversationId,
): Promise<void> {
  if (blocked) throw new RefusalError('contact.blocked', { contact });
  const open = await openConversationsOf(directory, contactId);
  if (open.some((id) => id !== next)) {
    throw new RefusalError('contact.in-conversation', { contact });
  }
}
