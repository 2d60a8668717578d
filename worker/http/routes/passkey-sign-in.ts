// Signing in by a passkey, which stands for password and code. Mounted at /api.

import { Hono, type Context } from 'hono';
import * as v from 'valibot';
import { passkeySignInBody, type UsedCredential } from '#shared/account/api.ts';
import { jsonBody } from '../body.ts';
import type { SignedIn } from '../middleware/session.ts';
import { RefusalError } from '../refusal-error.ts';
import {
  answerCookies,
  beginSession,
  begunSchema,
  cookieCalled,
  countFailure,
  strangersHeaders,
  type Begun,
} from '../signing-in.ts';

/** What better-auth answers with here. */
const answerSchema = v.object({
  session: v.object({ token: v.string() }),
  user: begunSchema.entries.user,
});

const CREDENTIAL_BYTES = 16 * 1024;

export const passkeySignIn = new Hono<SignedIn>()
  .post('/session/passkey/options', async (c) => {
    const { createAuth } = await import('../auth.ts');
    const { api } = createAuth(c.env, new URL(c.req.url).origin);
    const headers = strangersHeaders(c.req.raw);
    const answer = await api.generatePasskeyAuthenticationOptions({ headers, returnHeaders: true });
    answerCookies(c, answer.headers);
    return c.json({ ...answer.response, userVerification: 'required' });
  })

  .post('/session/passkey', jsonBody(passkeySignInBody, CREDENTIAL_BYTES), async (c) => {
    const { begun, headers } = await signIn(c, c.req.valid('json').credential);
    await beginSession(c, begun, headers, 'passkey');
    return c.body(null, 204);
  });

async function signIn(
  c: Context<SignedIn>,
  response: UsedCredential,
): Promise<{ begun: Begun; headers: Headers }> {
  const { createAuth, denialOf } = await import('../auth.ts');
  const { origin, protocol } = new URL(c.req.url);
  const { api } = createAuth(c.env, origin);
  const name = `${protocol === 'https:' ? '__Host-' : ''}parley.passkey`;
  const headers = strangersHeaders(c.req.raw, cookieCalled(c.req.raw, name));
  try {
    const body = { response };
    const answer = await api.verifyPasskeyAuthentication({ body, headers, returnHeaders: true });
    const { session, user } = v.parse(answerSchema, answer.response);
    return { begun: { token: session.token, user }, headers: answer.headers };
  } catch (error) {
    if (denialOf(error) === null) throw error;
    await countFailure(c, 'session.failed', null);
    throw new RefusalError('passkey.refused');
  }
}
