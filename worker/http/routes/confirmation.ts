// An agent who is signed in shows again that it is them, before they change what protects their account. Mounted at
// /api.

import { Hono, type Context } from 'hono';
import { confirmationBody, type Confirmation } from '#shared/account/api.ts';
import { confirmSession } from '../../io/sessions.ts';
import { attempt, hashed } from '../attempts.ts';
import { jsonBody } from '../body.ts';
import { soundHeaders, type SignedIn } from '../middleware/session.ts';
import { once } from '../one-time-code.ts';
import { RefusalError } from '../refusal-error.ts';

export const confirmation = new Hono<SignedIn>().post(
  '/session/confirmation',
  jsonBody(confirmationBody),
  async (c) => {
    const shown = c.req.valid('json');
    const { email } = c.var.me;
    if ('password' in shown) {
      await hashed(() => attempt(c, 'password', email, () => verify(c, shown)));
    } else {
      if (!c.var.session.hasTwoFactor) throw new RefusalError('second-factor.off');
      await attempt(c, 'code', email, () => verify(c, shown));
    }
    await confirmSession(c.env.DIRECTORY, c.var.session.token, Date.now());
    return c.body(null, 204);
  },
);

async function verify(c: Context<SignedIn>, shown: Confirmation): Promise<void> {
  const { createAuth, isDenied } = await import('../auth.ts');
  const auth = createAuth(c.env, new URL(c.req.url).origin);
  const headers = soundHeaders(c.req.raw);
  try {
    if ('password' in shown) {
      await auth.api.verifyPassword({ body: shown, headers });
      return;
    }
    const body = { code: shown.code.replace(/\s/g, '') };
    await once(auth, c.var.me.agentId, body.code, () => auth.api.verifyTOTP({ body, headers }));
  } catch (error) {
    if (!isDenied(error)) throw error;
    throw new RefusalError('password' in shown ? 'password.wrong' : 'second-factor.wrong');
  }
}
