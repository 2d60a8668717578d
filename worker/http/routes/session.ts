// Signing in and out. Mounted at /api.

import { Hono, type Context } from 'hono';
import { signInBody } from '#shared/api.ts';
import { attemptSignIn, clearSignIns, withdrawSignIn } from '../../actors/login-guard.ts';
import { jsonBody } from '../body.ts';
import { agentBy } from '../identity.ts';
import { countedAs, rememberDevice } from '../known-device.ts';
import { agentAtUpgrade, type SignedIn } from '../middleware/session.ts';
import { RefusalError } from '../refusal-error.ts';

const MINUTE_MS = 60_000;

export const session = new Hono<SignedIn>()
  .post('/session', jsonBody(signInBody), async (c) => {
    const credentials = c.req.valid('json');
    const account = await countedAs(c, credentials.email);
    // Counted before the password is tried, so that many tries at once are no way around the lock.
    const lockedMs = await attemptSignIn(c.env.LOGIN_GUARD, account);
    if (lockedMs !== null) {
      throw new RefusalError('session.locked', { minutes: Math.ceil(lockedMs / MINUTE_MS) });
    }
    answerCookies(c, await signIn(c, credentials, account));
    await rememberDevice(c, credentials.email);
    await clearSignIns(c.env.LOGIN_GUARD, account);
    return c.body(null, 204);
  })

  .delete('/session', async (c) => {
    const me = await agentAtUpgrade(c);
    await endSession(c);
    // Those of the agent's other browsers come back.
    if (me) await c.env.AGENT.getByName(me.agentId).renew(agentBy(me));
    return c.body(null, 204);
  });

async function signIn(
  c: Context<SignedIn>,
  body: { email: string; password: string },
  account: string,
): Promise<Headers> {
  const { createAuth, isDenied } = await import('../auth.ts');
  try {
    const auth = createAuth(c.env, new URL(c.req.url).origin);
    const { headers } = await auth.api.signInEmail({ body, returnHeaders: true });
    return headers;
  } catch (error) {
    if (isDenied(error)) throw new RefusalError('session.wrong');
    await withdrawSignIn(c.env.LOGIN_GUARD, account);
    throw error;
  }
}

/** Ends the session that the request carries, if it carries one. */
export async function endSession(c: Context<SignedIn>): Promise<void> {
  const { createAuth } = await import('../auth.ts');
  const auth = createAuth(c.env, new URL(c.req.url).origin);
  const { headers } = await auth.api.signOut({ headers: c.req.raw.headers, returnHeaders: true });
  answerCookies(c, headers);
}

function answerCookies(c: Context<SignedIn>, headers: Headers): void {
  for (const cookie of headers.getSetCookie()) c.header('set-cookie', cookie, { append: true });
}
