// Agents' pictures: an agent changes their own, everybody may see them. Mounted at /api and at /files.

import { Hono } from 'hono';
import * as v from 'valibot';
import { agentIdSchema } from '#shared/ids.ts';
import { avatarResponse, putAvatar, removeAvatar } from '../../io/files.ts';
import { imageTypeOf } from '../../io/images.ts';
import { limitBody, whole } from '../body.ts';
import type { SignedIn } from '../middleware/session.ts';
import { RefusalError } from '../refusal-error.ts';

const AVATAR_BYTES = 512 * 1024;

/** Mounted at /api. */
export const ownAvatar = new Hono<SignedIn>()
  .put('/me/avatar', limitBody(AVATAR_BYTES), async (c) => {
    const bytes = new Uint8Array(await whole(c.req.arrayBuffer()));
    const type = imageTypeOf(bytes);
    if (type === null) throw new RefusalError('file.not-an-image');
    await putAvatar(c.env.FILES, c.var.me.agentId, bytes, type);
    return c.body(null, 204);
  })

  .delete('/me/avatar', async (c) => {
    await removeAvatar(c.env.FILES, c.var.me.agentId);
    return c.body(null, 204);
  });

/** Mounted at /files. */
export const avatars = new Hono<{ Bindings: Env }>().get('/avatars/:agentId', async (c) => {
  const agentId = v.safeParse(agentIdSchema, c.req.param('agentId'));
  const response = agentId.success
    ? await avatarResponse(c.env.FILES, agentId.output, c.req.header('if-none-match'))
    : null;
  if (response === null) throw new RefusalError('file.unknown');
  return response;
});
