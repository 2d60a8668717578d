// One contact, for the agents who may see them: what is stored, what has been changed, their conversations. Mounted
// at /api.

import { Hono } from 'hono';
import * as v from 'valibot';
import { contactChanges } from '#shared/contact/contact.ts';
import { editOf } from '../../contact/edit.ts';
import { tellBlocked, tellNewName } from '../../contact/tell.ts';
import { listChanges, positionSchema } from '../../io/contact-changes.ts';
import { editContact, setBlocked } from '../../io/contact-record.ts';
import { listPastConversations } from '../../io/past-conversations.ts';
import { jsonBody } from '../body.ts';
import { agentBy } from '../identity.ts';
import { requirePermission, type SignedIn } from '../middleware/session.ts';
import { granted, RefusalError } from '../refusal-error.ts';
import { contactAt, sightOf, throughOf } from '../contact-at.ts';

const CHANGES_BYTES = 16 * 1024;

/** Where a page of a list begins; null: with the first. */
function afterOf(wanted: string | undefined) {
  if (wanted === undefined) return null;
  const position = v.safeParse(positionSchema, wanted);
  if (position.success) return position.output;
  throw new RefusalError('body.malformed', { problem: 'after must be the next of a page' });
}

export const contacts = new Hono<SignedIn>()
  .get('/contacts/:id', async (c) => c.json(await contactAt(c)))

  .get('/contacts/:id/changes', async (c) => {
    const { contactId } = await contactAt(c);
    return c.json(await listChanges(c.env.DIRECTORY, contactId, afterOf(c.req.query('after'))));
  })

  .get('/contacts/:id/conversations', async (c) => {
    const { contactId } = await contactAt(c);
    const after = afterOf(c.req.query('after'));
    return c.json(
      await listPastConversations(c.env.DIRECTORY, sightOf(c.var.me), contactId, after),
    );
  })

  .patch(
    '/contacts/:id',
    requirePermission('contact.edit'),
    jsonBody(contactChanges, CHANGES_BYTES),
    async (c) => {
      const contact = await contactAt(c);
      const by = agentBy(c.var.me);
      const { edit, fields } = granted(await editOf(contact, c.req.valid('json'), c.env));
      const at = Date.now();
      const author = { id: by.agentId, name: by.name };
      if (fields.length > 0) {
        await editContact(c.env.DIRECTORY, contact, edit, { by: author, at, fields });
      }
      // Also when it is the same: a try before this one may have come only so far.
      if (edit.name !== undefined) {
        await tellNewName(c.env, contact.contactId, edit.name, { by, through: throughOf(c) });
      }
      return c.json(await contactAt(c));
    },
  )

  .put('/contacts/:id/block', requirePermission('contact.block'), async (c) => {
    await block(c, true);
    return c.body(null, 204);
  })

  .delete('/contacts/:id/block', requirePermission('contact.block'), async (c) => {
    await block(c, false);
    return c.body(null, 204);
  });

async function block(c: Parameters<typeof contactAt>[0], isBlocked: boolean): Promise<void> {
  const { contactId, blocked } = await contactAt(c);
  const { agentId: id, name } = c.var.me;
  if ((blocked !== null) !== isBlocked) {
    await setBlocked(c.env.DIRECTORY, contactId, isBlocked, { by: { id, name }, at: Date.now() });
  }
  // Also when they are that already: a try before this one may have come only so far.
  await tellBlocked(c.env, contactId, isBlocked);
}
