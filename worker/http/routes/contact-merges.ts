// Contacts who may be one person: found, merged, taken apart again. Mounted at /api.

import { Hono, type Context } from 'hono';
import type { AgentRef } from '#shared/conversation/events.ts';
import type { Contact } from '#shared/contact/contact.ts';
import { mergeBody } from '#shared/contact/merge.ts';
import { tellBlocked, tellNewName } from '../../contact/tell.ts';
import { findDuplicates } from '../../io/contact-duplicates.ts';
import { listMerges, mergeContacts, undoMerge } from '../../io/contact-merges.ts';
import { findContact } from '../../io/contact-record.ts';
import { jsonBody } from '../body.ts';
import { contactAt, sightOf } from '../contact-at.ts';
import { agentBy } from '../identity.ts';
import { requirePermission, type SignedIn } from '../middleware/session.ts';
import { RefusalError } from '../refusal-error.ts';

const MERGE_BYTES = 16 * 1024;

const authorOf = (c: Context<SignedIn>): AgentRef => ({
  id: c.var.me.agentId,
  name: c.var.me.name,
});

export const contactMerges = new Hono<SignedIn>()
  .get('/contacts/:id/duplicates', async (c) => {
    const { contactId } = await contactAt(c);
    const duplicates = await findDuplicates(c.env.DIRECTORY, sightOf(c.var.me), contactId);
    return c.json({ duplicates });
  })

  .get('/contacts/:id/merges', async (c) => {
    const { contactId } = await contactAt(c);
    return c.json({ merges: await listMerges(c.env.DIRECTORY, contactId, Date.now()) });
  })

  .post(
    '/contacts/:id/merge',
    requirePermission('contact.edit'),
    jsonBody(mergeBody, MERGE_BYTES),
    async (c) => {
      const target = await contactAt(c);
      const { sourceId, choice } = c.req.valid('json');
      const source = await findContact(c.env.DIRECTORY, sourceId, sightOf(c.var.me));
      if (!source || sourceId === target.contactId) throw new RefusalError('contact.unknown');
      // A retry finds that the one is part of the other already.
      if (source.contactId !== target.contactId) {
        const pair = { sourceId: source.contactId, targetId: target.contactId };
        const by = { by: authorOf(c), at: Date.now() };
        const isDone = await mergeContacts(c.env.DIRECTORY, pair, choice, by);
        if (!isDone) throw new RefusalError('contact.changed');
      }
      await tellAll(c, [target.contactId]);
      return c.body(null, 204);
    },
  )

  .post('/contacts/:id/merges/:merge/undo', requirePermission('contact.edit'), async (c) => {
    const { contactId: targetId } = await contactAt(c);
    const mergeId = Number(c.req.param('merge'));
    const by = { by: authorOf(c), at: Date.now() };
    const pair = await undoMerge(c.env.DIRECTORY, { mergeId, targetId }, by);
    if (pair === null) throw new RefusalError('merge.final');
    await tellAll(c, [pair.targetId, pair.sourceId]);
    return c.body(null, 204);
  });

/** Their conversations have the names, and the departments know who is blocked, as it is now. */
async function tellAll(c: Context<SignedIn>, ids: readonly Contact['contactId'][]): Promise<void> {
  const by = agentBy(c.var.me);
  for (const id of ids) {
    const contact = await findContact(c.env.DIRECTORY, id, null);
    if (!contact) continue;
    await tellNewName(c.env, id, contact.name, { by, through: null });
    await tellBlocked(c.env, id, contact.blocked !== null);
  }
}
