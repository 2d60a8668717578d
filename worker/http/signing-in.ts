// What every way to sign in ends with, and what is told of one that failed.

import type { Context } from 'hono';
import * as v from 'valibot';
import { agentIdSchema } from '#shared/ids.ts';
import { findAgent, findAgentByEmail, type DirectoryAgent } from '../io/agents.ts';
import { countAudit, forgetAudit, writeAudit } from '../io/audit.ts';
import { confirmSession } from '../io/sessions.ts';
import { settingsOf } from '../io/settings.ts';
import { clientAddress } from './client-address.ts';
import { rememberDevice } from './known-device.ts';

type WithEnv = { Bindings: Env };

const STRANGER = { id: null, name: 'unknown' };

/** What better-auth answers with when a session has begun. */
export const begunSchema = v.object({
  token: v.string(),
  user: v.object({ id: agentIdSchema }),
});
export type Begun = v.InferOutput<typeof begunSchema>;

/** @param how such as `password` */
export async function beginSession<E extends WithEnv>(
  c: Context<E>,
  { token, user }: Begun,
  headers: Headers,
  how: string,
): Promise<void> {
  const db = c.env.DIRECTORY;
  const now = Date.now();
  answerCookies(c, headers);
  await confirmSession(db, token, now);
  const agent = await findAgent(db, user.id);
  if (agent === null) return;
  await rememberDevice(c, agent.email);
  const by = { id: agent.agentId, name: agent.name };
  const address = clientAddress(c.req.raw);
  await writeAudit(db, { action: 'session.began', by, address, details: { how } }, now);
  await forgetAudit(db, settingsOf(c.env).security.audit_days, now);
}

/** As much is done for any email address, so that the time it takes tells a stranger nothing. */
export async function noteFailedSignIn<E extends WithEnv>(
  c: Context<E>,
  email: string,
): Promise<void> {
  await countFailure(c, 'session.failed', await findAgentByEmail(c.env.DIRECTORY, email));
}

/** @param agent whose account it would have been; null: nobody's */
export async function countFailure<E extends WithEnv>(
  c: Context<E>,
  action: 'session.failed' | 'second-factor.failed',
  agent: Pick<DirectoryAgent, 'agentId' | 'name'> | null,
): Promise<void> {
  const entry = {
    ...{ action, by: STRANGER, address: clientAddress(c.req.raw) },
    ...(agent && { about: { id: agent.agentId, name: agent.name } }),
  };
  await countAudit(c.env.DIRECTORY, entry, Date.now());
}

export function answerCookies<E extends WithEnv>(c: Context<E>, headers: Headers): void {
  for (const cookie of headers.getSetCookie()) c.header('set-cookie', cookie, { append: true });
}

/** What better-auth is told of a request that signs in: none of the sessions that its browser may have. */
export function strangersHeaders(request: Request, ...cookies: readonly string[]): Headers {
  const agent = request.headers.get('user-agent') ?? '';
  return new Headers({ 'user-agent': agent, cookie: cookies.join('; ') });
}

/** The cookie of that name as it was sent, with its name. */
export function cookieCalled(request: Request, name: string): string {
  const sent = request.headers.get('cookie')?.split(/; */) ?? [];
  return sent.find((cookie) => cookie.startsWith(`${name}=`)) ?? '';
}
