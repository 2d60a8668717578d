// Signing in and out, and who is signed in. Mounted at /api.

import { Hono, type Context } from 'hono';
import { signInBody } from '#shared/api.ts';
import { attemptSignIn, clearSignIns, withdrawSignIn } from '../actors/login-guard.ts';
import { readJson } from '../body.ts';
import { endSessions } from '../io/directory.ts';
import { requireAgent, type SignedIn } from '../middleware/session.ts';
import { Refused } from '../refused.ts';

const MINUTE_MS = 60_000;

export const session = new Hono<SignedIn>()
  .post('/session', async (c) => {
    const credentials = await readJson(c.req.raw, signInBody);
    const lockedMs = await attemptSignIn(c.env.LOGIN_GUARD, credentials.email);
    if (lockedMs !== null) {
      throw new Refused('session.locked', { minutes: Math.ceil(lockedMs / MINUTE_MS) });
    }
    answerCookies(c, await signIn(c, credentials));
    await clearSignIns(c.env.LOGIN_GUARD, credentials.email);
    return c.body(null, 204);
  })

  .delete('/session', async (c) => {
    answerCookies(c, await signOut(c));
    return c.body(null, 204);
  })

  .delete('/sessions', requireAgent, async (c) => {
    const { agentId } = c.var.me;
    await endSessions(c.env.DIRECTORY, agentId);
    await c.env.AGENT.getByName(agentId).signOut();
    answerCookies(c, await signOut(c));
    return c.body(null, 204);
  })

  .get('/me', requireAgent, (c) => {
    c.header('cache-control', 'no-store');
    return c.json(c.var.me);
  });

async function signIn(
  c: Context<SignedIn>,
  body: { email: string; password: string },
): Promise<Headers> {
  const { createAuth, isDenied } = await import('../auth.ts');
  try {
    const auth = createAuth(c.env, new URL(c.req.url).origin);
    const { headers } = await auth.api.signInEmail({ body, returnHeaders: true });
    return headers;
  } catch (error) {
    if (isDenied(error)) throw new Refused('session.wrong');
    await withdrawSignIn(c.env.LOGIN_GUARD, body.email);
    throw error;
  }
}

async function signOut(c: Context<SignedIn>): Promise<Headers> {
  const { createAuth } = await import('../auth.ts');
  const auth = createAuth(c.env, new URL(c.req.url).origin);
  const { headers } = await auth.api.signOut({ headers: c.req.raw.headers, returnHeaders: true });
  return headers;
}

function answerCookies(c: Context<SignedIn>, headers: Headers): void {
  for (const cookie of headers.getSetCookie()) c.header('set-cookie', cookie, { append: true });
}
