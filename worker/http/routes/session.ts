// Signing in and out. Mounted at /api.

import { Hono, type Context } from 'hono';
import { getSignedCookie } from 'hono/cookie';
import * as v from 'valibot';
import { secondFactorBody, type SecondFactor } from '#shared/account/api.ts';
import { signInBody } from '#shared/api.ts';
import { agentIdSchema } from '#shared/ids.ts';
import { findAgent, type DirectoryAgent } from '../../io/agents.ts';
import { writeAudit } from '../../io/audit.ts';
import { attempt, hashed } from '../attempts.ts';
import { jsonBody } from '../body.ts';
import { clientAddress } from '../client-address.ts';
import { agentBy } from '../identity.ts';
import { agentAtUpgrade, type SignedIn } from '../middleware/session.ts';
import { once } from '../one-time-code.ts';
import { RefusalError } from '../refusal-error.ts';
import {
  answerCookies,
  beginSession,
  begunSchema,
  cookieCalled,
  countFailure,
  noteFailedSignIn,
  strangersHeaders,
  type Begun,
} from '../signing-in.ts';

/** As better-auth calls it: who has given the right password, and is asked for a code. */
const PENDING_COOKIE = 'parley.two_factor';

export const session = new Hono<SignedIn>()
  .post('/session', jsonBody(signInBody), async (c) => {
    const credentials = c.req.valid('json');
    const { email } = credentials;
    const { begun, headers } = await hashed(() =>
      attempt(c, 'password', email, () => signIn(c, credentials)),
    );
    if (begun) {
      await beginSession(c, begun, headers, 'password');
      return c.body(null, 204);
    }
    answerCookies(c, headers);
    return c.json({ next: 'second-factor' });
  })

  .post('/session/second-factor', jsonBody(secondFactorBody), async (c) => {
    const factor = c.req.valid('json');
    const agent = await pendingAgent(c);
    if (agent === null) throw new RefusalError('second-factor.expired');
    const { begun, headers } = await attempt(c, 'code', agent.email, () =>
      giveCode(c, agent, factor),
    );
    await beginSession(c, begun, headers, factor.isRecovery ? 'recovery code' : 'code');
    if (factor.isRecovery) {
      const by = { id: agent.agentId, name: agent.name };
      const address = clientAddress(c.req.raw);
      await writeAudit(c.env.DIRECTORY, { action: 'recovery-code.used', by, address }, Date.now());
    }
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

/** The session that has begun; null: the password is right, and a code is needed as well. */
async function signIn(
  c: Context<SignedIn>,
  body: Credentials,
): Promise<{ begun: Begun | null; headers: Headers }> {
  const { createAuth, isDenied } = await import('../auth.ts');
  const auth = createAuth(c.env, new URL(c.req.url).origin);
  try {
    const headers = strangersHeaders(c.req.raw);
    const answer = await auth.api.signInEmail({ body, headers, returnHeaders: true });
    const begun = v.safeParse(begunSchema, answer.response);
    return { begun: begun.success ? begun.output : null, headers: answer.headers };
  } catch (error) {
    if (!isDenied(error)) throw error;
    await noteFailedSignIn(c, body.email);
    throw new RefusalError('session.wrong');
  }
}

/** Who has given the right password here in the last minutes. */
async function pendingAgent(c: Context<SignedIn>): Promise<DirectoryAgent | null> {
  const prefix = isSecure(c) ? 'host' : undefined;
  const pending = await getSignedCookie(c, c.env.AUTH_SECRET, PENDING_COOKIE, prefix);
  if (!pending) return null;
  const { createAuth } = await import('../auth.ts');
  const { internalAdapter } = await createAuth(c.env, new URL(c.req.url).origin).$context;
  const found = await internalAdapter.findVerificationValue(pending);
  return found && findAgent(c.env.DIRECTORY, v.parse(agentIdSchema, found.value));
}

const LOCKED_MINUTES = 15;

async function giveCode(
  c: Context<SignedIn>,
  agent: DirectoryAgent,
  { code, isRecovery }: SecondFactor,
): Promise<{ begun: Begun; headers: Headers }> {
  const { createAuth, denialOf } = await import('../auth.ts');
  const auth = createAuth(c.env, new URL(c.req.url).origin);
  const { api } = auth;
  const name = isSecure(c) ? `__Host-${PENDING_COOKIE}` : PENDING_COOKIE;
  const headers = strangersHeaders(c.req.raw, cookieCalled(c.req.raw, name));
  const body = { code: code.replace(/\s/g, '') };
  const given = { body, headers, returnHeaders: true } as const;
  try {
    const answer = await (isRecovery
      ? api.verifyBackupCode(given)
      : once(auth, agent.agentId, body.code, () => api.verifyTOTP(given)));
    return { begun: v.parse(begunSchema, answer.response), headers: answer.headers };
  } catch (error) {
    const denial = denialOf(error);
    if (denial === null) throw error;
    await countFailure(c, 'second-factor.failed', agent);
    if (denial === 'ACCOUNT_TEMPORARILY_LOCKED') {
      throw new RefusalError('second-factor.locked', { minutes: LOCKED_MINUTES });
    }
    const isOver =
      denial === 'INVALID_TWO_FACTOR_COOKIE' || denial === 'TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE';
    throw new RefusalError(isOver ? 'second-factor.expired' : 'second-factor.wrong');
  }
}

const isSecure = (c: Context): boolean => new URL(c.req.url).protocol === 'https:';

/** Ends the session that the request carries, if it carries one. */
export async function endSession(c: Context<SignedIn>): Promise<void> {
  const { createAuth } = await import('../auth.ts');
  const auth = createAuth(c.env, new URL(c.req.url).origin);
  const { headers } = await auth.api.signOut({ headers: c.req.raw.headers, returnHeaders: true });
  answerCookies(c, headers);
}
