// Who is signed in: from the session's cookie to the agent as the directory and the settings know them.

import type { Context } from 'hono';
import { getSignedCookie } from 'hono/cookie';
import { createMiddleware } from 'hono/factory';
import * as v from 'valibot';
import type { Me } from '#shared/api.ts';
import { agentIdSchema } from '#shared/ids.ts';
import type { Permission } from '#shared/permissions.ts';
import {
  findAgentOfSession,
  findSignedInAgent,
  type DirectoryAgent,
  type SignedInDirectoryAgent,
} from '../../io/agents.ts';
import { settingsOf } from '../../io/settings.ts';
import { RefusalError } from '../refusal-error.ts';

/** The session that a request came in. */
export interface OwnSession {
  readonly id: string;
  readonly token: string;
  readonly confirmedAt: number | null;
  readonly hasTwoFactor: boolean;
}

/** What a route behind {@link requireSignedIn} has. */
export interface SignedIn {
  Bindings: Env;
  Variables: { me: Me; session: OwnSession };
}

/** So long after agents have shown that it is them, they may change what protects their account. */
const CONFIRMED_MS = 10 * 60_000;

// Named here again so that a request without a session never makes the isolate evaluate better-auth.
const SESSION_COOKIE = 'parley.session_token';

/** The agent whose session the request carries, if they may do anything yet. Renews the session's cookies on the answer. */
export async function currentAgent<E extends { Bindings: Env }>(c: Context<E>): Promise<Me | null> {
  const found = await agentOfCookie(c);
  if (found && lacksSecondFactor(found.agent, c.env)) {
    throw new RefusalError('second-factor.missing');
  }
  return found && meOf(found.agent, c.env);
}

/** Whether they must have a second factor, and have none. */
const lacksSecondFactor = ({ role, hasTwoFactor }: DirectoryAgent, env: Env): boolean =>
  !hasTwoFactor && settingsOf(env).security.two_factor_for.includes(role);

async function agentOfCookie<E extends { Bindings: Env }>(
  c: Context<E>,
): Promise<{ agent: SignedInDirectoryAgent; token: string } | null> {
  if (!c.req.header('cookie')?.includes(`${SESSION_COOKIE}=`)) return null;
  const { createAuth } = await import('../auth.ts');
  const auth = createAuth(c.env, new URL(c.req.url).origin);
  const { response, headers } = await auth.api.getSession({
    headers: soundHeaders(c.req.raw),
    returnHeaders: true,
  });
  if (response === null) return null;
  const agentId = v.parse(agentIdSchema, response.user.id);
  const { token } = response.session;
  const agent = await findSignedInAgent(c.env.DIRECTORY, agentId, token);
  if (agent === null) return null;
  for (const cookie of headers.getSetCookie()) c.header('set-cookie', cookie, { append: true });
  return { agent, token };
}

/** better-auth fails on a copy of the session that is not even base64; without a copy it looks the session up. */
export function soundHeaders({ headers }: Request): Headers {
  const sent = new Headers(headers);
  const cookies = sent.get('cookie')?.split(/; */) ?? [];
  const isSound = (cookie: string) => !/session_data[^=]*=.*[^\w-]/.test(cookie);
  sent.set('cookie', cookies.filter(isSound).join('; '));
  return sent;
}

/**
 * The same for an upgrade. Its answer can't renew cookies, so all that is left to do is to look the session
 * up: without better-auth, because all sockets may come back at the same moment.
 */
export async function agentAtUpgrade<E extends { Bindings: Env }>(
  c: Context<E>,
): Promise<Me | null> {
  const token = await signedSessionOf(c);
  if (token === null) return null;
  const agent = await findAgentOfSession(c.env.DIRECTORY, token, Date.now());
  return agent === null || lacksSecondFactor(agent, c.env) ? null : meOf(agent, c.env);
}

/** By request: it is asked when the request is counted, and again when it is answered. */
const signedSessions = new WeakMap<Request, Promise<string | null>>();

/** The session that a request names with our signature. Whether it still is one, only the directory knows. */
export function signedSessionOf<E extends { Bindings: Env }>(
  c: Context<E>,
): Promise<string | null> {
  const known = signedSessions.get(c.req.raw) ?? readSignedSession(c);
  signedSessions.set(c.req.raw, known);
  return known;
}

async function readSignedSession<E extends { Bindings: Env }>(
  c: Context<E>,
): Promise<string | null> {
  if (!c.req.header('cookie')?.includes(`${SESSION_COOKIE}=`)) return null;
  const prefix = new URL(c.req.url).protocol === 'https:' ? 'host' : undefined;
  return (await getSignedCookie(c, c.env.AUTH_SECRET, SESSION_COOKIE, prefix)) || null;
}

/** For what an agent may do who is signed in, also before they have the second factor that they must have. */
export const requireSignedIn = createMiddleware<SignedIn>(async (c, next) => {
  await setSignedIn(c);
  await next();
});

export const requireAgent = createMiddleware<SignedIn>(async (c, next) => {
  const agent = await setSignedIn(c);
  if (lacksSecondFactor(agent, c.env)) throw new RefusalError('second-factor.missing');
  await next();
});

async function setSignedIn(c: Context<SignedIn>): Promise<DirectoryAgent> {
  const found = await agentOfCookie(c);
  if (found === null) throw new RefusalError('session.missing');
  const { agent, token } = found;
  c.set('me', meOf(agent, c.env));
  c.set('session', { ...agent.session, token, hasTwoFactor: agent.hasTwoFactor });
  return agent;
}

/** For routes behind {@link requireSignedIn} that change what protects the account. */
export const requireConfirmed = createMiddleware<SignedIn>(async (c, next) => {
  const { confirmedAt } = c.var.session;
  if ((confirmedAt ?? 0) + CONFIRMED_MS < Date.now()) throw new RefusalError('session.unconfirmed');
  await next();
});

/** For routes behind {@link requireAgent}. */
export const requirePermission = (permission: Permission) =>
  createMiddleware<SignedIn>(async (c, next) => {
    if (!c.var.me.permissions.includes(permission)) {
      throw new RefusalError('permission.missing', { permission });
    }
    await next();
  });

export function meOf(agent: DirectoryAgent, env: Env): Me {
  const settings = settingsOf(env);
  return {
    agentId: agent.agentId,
    name: agent.name,
    email: agent.email,
    username: agent.username,
    role: agent.role,
    permissions: settings.roles[agent.role],
    maxConversations: agent.maxConversations,
    // A department that the settings no longer have does not count.
    departments: settings.departments
      .map(({ id }) => id)
      .filter((id) => agent.departments.includes(id)),
  };
}
