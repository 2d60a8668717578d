// The lists of conversations that an agent keeps under a name. Mounted at /api.

import { Hono } from 'hono';
import { savedViewBody } from '#shared/conversation-lists/saved-view.ts';
import { deleteSavedView, listSavedViews, putSavedView } from '../../io/saved-views.ts';
import { jsonBody } from '../body.ts';
import type { SignedIn } from '../middleware/session.ts';
import { RefusalError } from '../refusal-error.ts';

export const savedViews = new Hono<SignedIn>()
  .get('/saved-views', async (c) =>
    c.json({ views: await listSavedViews(c.env.DIRECTORY, c.var.me.agentId) }),
  )

  .put('/saved-views', jsonBody(savedViewBody), async (c) => {
    const { agentId } = c.var.me;
    const isPut = await putSavedView(c.env.DIRECTORY, agentId, c.req.valid('json'), Date.now());
    if (!isPut) throw new RefusalError('saved-view.full');
    return c.body(null, 204);
  })

  .delete('/saved-views/:name', async (c) => {
    await deleteSavedView(c.env.DIRECTORY, c.var.me.agentId, c.req.param('name'));
    return c.body(null, 204);
  });
