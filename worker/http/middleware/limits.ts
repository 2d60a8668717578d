// How often one client may ask, before anything is hashed, parsed or woken. wrangler.toml has the numbers.

import type { Context, Next } from 'hono';
import { createMiddleware } from 'hono/factory';
import { BUSY_SECONDS } from '#shared/frames.ts';
import type { VisitorId } from '#shared/ids.ts';
import { countRefused } from '../../operator-log.ts';
import { clientAddress } from '../client-address.ts';
import { deviceOf } from '../known-device.ts';
import { Limiter } from '../limiter.ts';
import { RefusalError } from '../refusal-error.ts';
import { signedSessionOf } from './session.ts';
import type { KnownVisitor } from './visitor.ts';

type Binding = Extract<keyof Env, `LIMIT_${string}`>;

interface Limit {
  readonly address: Binding;
  readonly visitor?: Binding;
  /** Of all clients together. */
  readonly everybody?: Binding;
  /** The period of the bindings: who waits for so long may ask again. */
  readonly seconds: 10 | 60;
  /** What is so frequent and cheap that the first ones of a client are not counted by the platform. */
  readonly spared: number;
}

const rare = { seconds: 60, spared: 0 } as const;
const dear = { seconds: BUSY_SECONDS, spared: 0 } as const;
const frequent = { seconds: BUSY_SECONDS, spared: 5 } as const;

export const LIMITS = {
  'sign-in': { address: 'LIMIT_SIGN_IN', everybody: 'LIMIT_SIGN_IN_ALL', ...dear },
  'new-visitor': { address: 'LIMIT_NEW_VISITOR', everybody: 'LIMIT_NEW_VISITOR_ALL', ...rare },
  'offline-message': {
    address: 'LIMIT_OFFLINE_MESSAGE',
    visitor: 'LIMIT_OFFLINE_MESSAGE_OF_VISITOR',
    everybody: 'LIMIT_OFFLINE_MESSAGE_ALL',
    ...rare,
  },
  'visitor-socket': {
    address: 'LIMIT_VISITOR_SOCKET',
    visitor: 'LIMIT_SOCKET_OF_VISITOR',
    ...frequent,
  },
  'agent-socket': { address: 'LIMIT_AGENT_SOCKET', ...frequent },
  // Like the page on which it is asked for, and with it.
  'passkey-options': { address: 'LIMIT_PAGE', everybody: 'LIMIT_PAGE_ALL', ...dear },
  page: { address: 'LIMIT_PAGE', everybody: 'LIMIT_PAGE_ALL', ...dear },
  workspace: { address: 'LIMIT_WORKSPACE', ...frequent },
  read: { address: 'LIMIT_READ', ...frequent },
} as const satisfies Record<string, Limit>;
export type Limited = keyof typeof LIMITS;

const ROUTES: Record<string, Limited> = {
  'POST /api/session': 'sign-in',
  'POST /api/session/second-factor': 'sign-in',
  'POST /api/session/passkey': 'sign-in',
  'POST /api/session/passkey/options': 'passkey-options',
  'POST /api/session/confirmation': 'sign-in',
  'PUT /api/me/password': 'sign-in',
  'POST /api/me/two-factor/confirmation': 'sign-in',
  'POST /api/password-resets': 'sign-in',
  'POST /api/visitors': 'new-visitor',
  'POST /api/checks': 'new-visitor',
  'POST /api/offline-messages': 'offline-message',
};

/** What is neither of the API nor a file nor a stream is rendered for a person. */
export const isPage = (path: string): boolean => !/^\/(api|files|ws)(\/|$)/.test(path);

/** For each route of strangers and of agents. One that has no limit of its own is a read. */
export async function limited<E extends { Bindings: Env }>(
  c: Context<E, string>,
  next: Next,
): Promise<void> {
  const what = ROUTES[`${c.req.method} ${c.req.path}`] ?? (await readOf(c));
  if (!(await isWithinLimits(c, what))) refuseBusy(what);
  await next();
}

/** For routes of visitors, behind `requireVisitor`. */
export const limitedVisitor = createMiddleware<KnownVisitor>(async (c, next) => {
  const what = 'offline-message';
  if (!(await mayVisitor(c.env, what, c.var.visitor.visitorId))) refuseBusy(what);
  await next();
});

export async function isWithinLimits<E extends { Bindings: Env }>(
  c: Context<E>,
  what: Limited,
): Promise<boolean> {
  const { address, everybody, spared }: Limit = LIMITS[what];
  const device = what === 'sign-in' ? await deviceOf(c) : null;
  // Strangers who try passwords keep nobody out who has signed in on this device before.
  if (device !== null) return allowed(c.env, what, address, `device ${device.id}`, spared);
  if (!(await allowed(c.env, what, address, clientAddress(c.req.raw), spared))) return false;
  return everybody === undefined || allowed(c.env, what, everybody, 'everybody', 0);
}

export const mayVisitor = (
  env: Env,
  what: 'offline-message' | 'visitor-socket',
  visitorId: VisitorId,
): Promise<boolean> => {
  const { visitor, spared } = LIMITS[what];
  return allowed(env, what, visitor, visitorId, spared);
};

/** By binding, as long as this isolate lives. */
const limiters = new WeakMap<RateLimit, Limiter>();

async function allowed(
  env: Env,
  what: Limited,
  binding: Binding,
  key: string,
  spared: number,
): Promise<boolean> {
  const isAllowed = await limiterOf(env[binding]).allows(key, spared);
  if (!isAllowed) countRefused(what);
  return isAllowed;
}

function limiterOf(binding: RateLimit): Limiter {
  const limiter = limiters.get(binding) ?? new Limiter(binding, () => Date.now());
  limiters.set(binding, limiter);
  return limiter;
}

/** Whether the client does not listen: then it is not worth a socket that tells it so. */
export const isFlood = (c: Context<{ Bindings: Env }>, what: Limited): boolean =>
  limiterOf(c.env[LIMITS[what].address]).isFlood(clientAddress(c.req.raw));

/** A cookie that is not ours is a stranger's. */
async function readOf<E extends { Bindings: Env }>(c: Context<E>): Promise<Limited> {
  if ((await signedSessionOf(c)) !== null) return 'workspace';
  return isPage(c.req.path) ? 'page' : 'read';
}

function refuseBusy(what: Limited): never {
  throw new RefusalError('rate.limited', { seconds: LIMITS[what].seconds });
}
