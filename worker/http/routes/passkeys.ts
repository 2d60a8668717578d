// The passkeys of the agent who is signed in. Mounted at /api.

import { Hono, type Context } from 'hono';
import { newPasskeyBody, passkeyNameBody, type Passkey } from '#shared/account/api.ts';
import { auditOwn } from '../audit.ts';
import type { Auth } from '../auth.ts';
import { jsonBody } from '../body.ts';
import { requireConfirmed, soundHeaders, type SignedIn } from '../middleware/session.ts';
import { RefusalError } from '../refusal-error.ts';
import { answerCookies } from '../signing-in.ts';

/** As many as a person can tell apart. */
const MOST_PASSKEYS = 20;
const CREDENTIAL_BYTES = 64 * 1024;

export const passkeys = new Hono<SignedIn>()
  .post('/me/passkeys/options', requireConfirmed, async (c) => {
    const auth = await authFor(c);
    if ((await listPasskeys(c, auth)).length >= MOST_PASSKEYS) {
      throw new RefusalError('passkey.full');
    }
    const answer = await auth.api.generatePasskeyRegistrationOptions({
      ...{ query: {}, headers: soundHeaders(c.req.raw), returnHeaders: true },
    });
    answerCookies(c, answer.headers);
    return c.json(answer.response);
  })

  .post('/me/passkeys', requireConfirmed, jsonBody(newPasskeyBody, CREDENTIAL_BYTES), async (c) => {
    const { name, credential } = c.req.valid('json');
    const { api } = await authFor(c);
    const body = { response: credential, name };
    await allowed('passkey.refused', () =>
      api.verifyPasskeyRegistration({ body, headers: soundHeaders(c.req.raw) }),
    );
    await auditOwn(c, 'passkey.added', { passkey: name });
    return c.body(null, 204);
  })

  .put('/me/passkeys/:id', requireConfirmed, jsonBody(passkeyNameBody), async (c) => {
    const { api } = await authFor(c);
    const body = { id: c.req.param('id'), name: c.req.valid('json').name };
    await allowed('passkey.unknown', () =>
      api.updatePasskey({ body, headers: soundHeaders(c.req.raw) }),
    );
    return c.body(null, 204);
  })

  .delete('/me/passkeys/:id', requireConfirmed, async (c) => {
    const auth = await authFor(c);
    const id = c.req.param('id');
    const passkey = (await listPasskeys(c, auth)).find((one) => one.id === id);
    if (!passkey) throw new RefusalError('passkey.unknown');
    await auth.api.deletePasskey({ body: { id }, headers: soundHeaders(c.req.raw) });
    await auditOwn(c, 'passkey.removed', { passkey: passkey.name });
    return c.body(null, 204);
  });

export async function listPasskeys(c: Context<SignedIn>, { api }: Auth): Promise<Passkey[]> {
  const found = await api.listPasskeys({ headers: soundHeaders(c.req.raw) });
  return found.map(({ id, name, createdAt, backedUp }) => ({
    ...{ id, name: name ?? '', addedAt: createdAt.getTime(), isSynced: backedUp },
  }));
}

async function authFor(c: Context<SignedIn>): Promise<Auth> {
  const { createAuth } = await import('../auth.ts');
  return createAuth(c.env, new URL(c.req.url).origin);
}

/** What better-auth denies is refused with the code. */
async function allowed(
  code: 'passkey.refused' | 'passkey.unknown',
  work: () => Promise<unknown>,
): Promise<void> {
  const { denialOf } = await import('../auth.ts');
  try {
    await work();
  } catch (error) {
    throw denialOf(error) === null ? error : new RefusalError(code);
  }
}
