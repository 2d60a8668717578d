// What protects an agent's account: their password and second factor. Mounted at /api.

import { Hono, type Context } from 'hono';
import * as v from 'valibot';
import { passwordBody, twoFactorCodeBody, type Security } from '#shared/account/api.ts';
import { confirmSession, endOtherSessions } from '../../io/sessions.ts';
import { settingsOf } from '../../io/settings.ts';
import { attempt, hashed } from '../attempts.ts';
import { auditOwn } from '../audit.ts';
import type { Auth } from '../auth.ts';
import { jsonBody } from '../body.ts';
import { agentBy } from '../identity.ts';
import { requireConfirmed, soundHeaders, type SignedIn } from '../middleware/session.ts';
import { once } from '../one-time-code.ts';
import { RefusalError } from '../refusal-error.ts';
import { answerCookies } from '../signing-in.ts';
import { listPasskeys } from './passkeys.ts';

/** better-auth asks for a password where `requireConfirmed` has seen to it. */
const CONFIRMED = { password: 'confirmed' };

export const security = new Hono<SignedIn>()
  .get('/me/security', async (c) => {
    const auth = await authFor(c);
    return c.json({
      twoFactor: {
        isOn: c.var.session.hasTwoFactor,
        isRequired: isRequired(c),
        recoveryCodes: await countRecoveryCodes(c, auth),
      },
      passkeys: await listPasskeys(c, auth),
    } satisfies Security);
  })

  .put('/me/password', jsonBody(passwordBody), async (c) => {
    const { current, next, endOthers } = c.req.valid('json');
    const { me, session } = c.var;
    await hashed(() => attempt(c, 'password', me.email, () => changePassword(c, current, next)));
    await confirmSession(c.env.DIRECTORY, session.token, Date.now());
    if (endOthers) {
      await endOtherSessions(c.env.DIRECTORY, me.agentId, session.id);
      await c.env.AGENT.getByName(me.agentId).renew(agentBy(me));
    }
    await auditOwn(c, 'password.changed', { otherSessions: endOthers ? 'ended' : 'kept' });
    return c.body(null, 204);
  })

  .post('/me/two-factor', requireConfirmed, async (c) => {
    if (c.var.session.hasTwoFactor) throw new RefusalError('second-factor.on');
    const { api } = await authFor(c, true);
    const issuer = settingsOf(c.env).workspace.name;
    const headers = soundHeaders(c.req.raw);
    const begun = await api.enableTwoFactor({ body: { ...CONFIRMED, issuer }, headers });
    return c.json({ uri: v.parse(uriSchema, begun).totpURI });
  })

  .post('/me/two-factor/confirmation', requireConfirmed, jsonBody(twoFactorCodeBody), async (c) => {
    if (c.var.session.hasTwoFactor) throw new RefusalError('second-factor.on');
    const code = c.req.valid('json').code.replace(/\s/g, '');
    const headers = await attempt(c, 'code', c.var.me.email, () => turnOn(c, code));
    const recoveryCodes = await newRecoveryCodes(c, await continueIn(c, headers));
    await auditOwn(c, 'second-factor.on');
    return c.json({ recoveryCodes });
  })

  .delete('/me/two-factor', requireConfirmed, async (c) => {
    if (!c.var.session.hasTwoFactor) throw new RefusalError('second-factor.off');
    if (isRequired(c)) throw new RefusalError('second-factor.required');
    const { api } = await authFor(c, true);
    const { headers } = await api.disableTwoFactor({
      ...{ body: CONFIRMED, headers: soundHeaders(c.req.raw), returnHeaders: true },
    });
    await continueIn(c, headers);
    await auditOwn(c, 'second-factor.off');
    return c.body(null, 204);
  })

  .post('/me/recovery-codes', requireConfirmed, async (c) => {
    if (!c.var.session.hasTwoFactor) throw new RefusalError('second-factor.off');
    const recoveryCodes = await newRecoveryCodes(c, soundHeaders(c.req.raw));
    await auditOwn(c, 'recovery-codes.made');
    return c.json({ recoveryCodes });
  });

const uriSchema = v.object({ totpURI: v.string() });

async function authFor(c: Context<SignedIn>, isConfirmed = false): Promise<Auth> {
  const { createAuth } = await import('../auth.ts');
  return createAuth(c.env, new URL(c.req.url).origin, { isConfirmed });
}

const isRequired = (c: Context<SignedIn>): boolean =>
  settingsOf(c.env).security.two_factor_for.includes(c.var.me.role);

async function countRecoveryCodes(c: Context<SignedIn>, { api }: Auth): Promise<number> {
  if (!c.var.session.hasTwoFactor) return 0;
  const { backupCodes } = await api.viewBackupCodes({ body: { userId: c.var.me.agentId } });
  return backupCodes.length;
}

async function changePassword(
  c: Context<SignedIn>,
  currentPassword: string,
  newPassword: string,
): Promise<void> {
  const { isDenied } = await import('../auth.ts');
  const { api } = await authFor(c);
  const body = { currentPassword, newPassword, revokeOtherSessions: false };
  try {
    await api.changePassword({ body, headers: soundHeaders(c.req.raw) });
  } catch (error) {
    throw isDenied(error) ? new RefusalError('password.wrong') : error;
  }
}

async function turnOn(c: Context<SignedIn>, code: string): Promise<Headers> {
  const { isDenied } = await import('../auth.ts');
  const auth = await authFor(c);
  const headers = soundHeaders(c.req.raw);
  const given = { body: { code }, headers, returnHeaders: true } as const;
  const { agentId } = c.var.me;
  try {
    return (await once(auth, agentId, code, () => auth.api.verifyTOTP(given))).headers;
  } catch (error) {
    throw isDenied(error) ? new RefusalError('second-factor.wrong') : error;
  }
}

/** better-auth puts a new session in the place of the one before. @returns as a next request would come */
async function continueIn(c: Context<SignedIn>, answered: Headers): Promise<Headers> {
  answerCookies(c, answered);
  const cookie = answered
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const headers = new Headers({ cookie });
  const found = await (await authFor(c)).api.getSession({ headers });
  if (found === null) throw new Error('no session goes on');
  await confirmSession(c.env.DIRECTORY, found.session.token, Date.now());
  return headers;
}

async function newRecoveryCodes(c: Context<SignedIn>, headers: Headers): Promise<string[]> {
  const { api } = await authFor(c, true);
  const { backupCodes } = await api.generateBackupCodes({ body: CONFIRMED, headers });
  return backupCodes;
}
