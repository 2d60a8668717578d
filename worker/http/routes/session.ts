// Signing in and out. Mounted at /api.

import { Hono, type Context } from 'hono';
import { signInBody } from '#shared/api.ts';
import {
  attemptSignIn,
  clearSignIns,
  withdrawSignIn,
  type SignIn,
} from '../../actors/login-guard.ts';
import { AtOnce } from '../at-once.ts';
import { jsonBody } from '../body.ts';
import { clientAddress } from '../client-address.ts';
import { agentBy } from '../identity.ts';
import { deviceKnownTo, rememberDevice } from '../known-device.ts';
import { agentAtUpgrade, type SignedIn } from '../middleware/session.ts';
import { RefusalError } from '../refusal-error.ts';

const MINUTE_MS = 60_000;

/** Each hash of a password keeps the isolate busy, which serves visitors as well. */
const hashing = new AtOnce(2, Date.now);

export const session = new Hono<SignedIn>()
  .post('/session', jsonBody(signInBody), async (c) => {
    const credentials = c.req.valid('json');
    const { email } = credentials;
    const end = hashing.begin();
    if (!end) throw new RefusalError('rate.limited', { seconds: 1 });
    try {
      const device = await deviceKnownTo(c, email);
      answerCookies(
        c,
        await guardedSignIn(c, credentials, { email, address: clientAddress(c.req.raw), device }),
      );
    } finally {
      end();
    }
    await rememberDevice(c, email);
    return c.body(null, 204);
  })

  .delete('/session', async (c) => {
    const me = await agentAtUpgrade(c);
    await endSession(c);
    // Those of the agent's other browsers come back.
    if (me) await c.env.AGENT.getByName(me.agentId).renew(agentBy(me));
    return c.body(null, 204);
  });

interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** Counted before the password is tried, so that many tries at once are no way around the lock. */
async function guardedSignIn(
  c: Context<SignedIn>,
  credentials: Credentials,
  from: SignIn,
): Promise<Headers> {
  const { LOGIN_GUARD } = c.env;
  const lockedMs = await attemptSignIn(LOGIN_GUARD, from);
  if (lockedMs !== null) {
    throw new RefusalError('session.locked', { minutes: Math.ceil(lockedMs / MINUTE_MS) });
  }
  try {
    const headers = await signIn(c, credentials);
    await clearSignIns(LOGIN_GUARD, from);
    return headers;
  } catch (error) {
    if (!(error instanceof RefusalError)) await withdrawSignIn(LOGIN_GUARD, from);
    throw error;
  }
}

async function signIn(c: Context<SignedIn>, body: Credentials): Promise<Headers> {
  const { createAuth, isDenied } = await import('../auth.ts');
  const auth = createAuth(c.env, new URL(c.req.url).origin);
  try {
    const { headers } = await auth.api.signInEmail({ body, returnHeaders: true });
    return headers;
  } catch (error) {
    if (isDenied(error)) throw new RefusalError('session.wrong');
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
