// A new password by a link that an admin has made, which works once and for an hour. Mounted at /api.

import { Hono, type Context } from 'hono';
import * as v from 'valibot';
import { passwordResetBody } from '#shared/account/api.ts';
import { resetIdentifier } from '#shared/account/reset-link.ts';
import { agentIdSchema } from '#shared/ids.ts';
import { findAgent, type DirectoryAgent } from '../../io/agents.ts';
import { writeAudit } from '../../io/audit.ts';
import { forgetAttempts, hashed } from '../attempts.ts';
import type { Auth } from '../auth.ts';
import { jsonBody } from '../body.ts';
import { clientAddress } from '../client-address.ts';
import type { SignedIn } from '../middleware/session.ts';
import { RefusalError } from '../refusal-error.ts';

export const passwordResets = new Hono<SignedIn>()
  .get('/password-resets/:token', async (c) => {
    await agentOf(c, await authFor(c), c.req.param('token'));
    return c.body(null, 204);
  })

  .post('/password-resets', jsonBody(passwordResetBody), async (c) => {
    const { token, password } = c.req.valid('json');
    const auth = await authFor(c);
    const agent = await agentOf(c, auth, token);
    await hashed(() => reset(auth, token, password));
    await c.env.AGENT.getByName(agent.agentId).signOut();
    await forgetAttempts(c, agent.email);
    const by = { id: agent.agentId, name: agent.name };
    const address = clientAddress(c.req.raw);
    await writeAudit(c.env.DIRECTORY, { action: 'password.reset', by, address }, Date.now());
    return c.body(null, 204);
  });

/** Whose password the link resets. */
async function agentOf(c: Context<SignedIn>, auth: Auth, token: string): Promise<DirectoryAgent> {
  const { internalAdapter } = await auth.$context;
  const found = await internalAdapter.findVerificationValue(resetIdentifier(token));
  const isGood = found !== null && found.expiresAt.getTime() > Date.now();
  const agent = isGood
    ? await findAgent(c.env.DIRECTORY, v.parse(agentIdSchema, found.value))
    : null;
  if (agent === null) throw new RefusalError('password-reset.unknown');
  return agent;
}

async function reset({ api }: Auth, token: string, newPassword: string): Promise<void> {
  const { isDenied } = await import('../auth.ts');
  try {
    await api.resetPassword({ body: { token, newPassword } });
  } catch (error) {
    throw isDenied(error) ? new RefusalError('password-reset.unknown') : error;
  }
}

async function authFor(c: Context<SignedIn>): Promise<Auth> {
  const { createAuth } = await import('../auth.ts');
  return createAuth(c.env, new URL(c.req.url).origin);
}
