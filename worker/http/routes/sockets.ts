// The only upgrades: find out who asks, then hand the socket to its actor.

import { Hono, type Context } from 'hono';
import * as v from 'valibot';
import { colleagueIn, pairIdSchema, participantsOf } from '#shared/direct-chat/pair.ts';
import { deviceOf } from '#shared/device.ts';
import { BUSY_SECONDS, TOKEN_SUBPROTOCOL_PREFIX, type Closing } from '#shared/frames.ts';
import type { AgentPrincipal } from '#shared/identity.ts';
import { conversationIdSchema, departmentIdSchema } from '#shared/ids.ts';
import { mayWatch } from '../../actors/department/access.ts';
import { closedSocket } from '../../actors/parts/closed-socket.ts';
import { withIdentity, type Identity } from '../../actors/parts/identity-header.ts';
import { noteSeen } from '../../io/sessions.ts';
import { agentBy } from '../identity.ts';
import { isFlood, isWithinLimits, mayVisitor } from '../middleware/limits.ts';
import { isOwnOrigin, isVisitorOrigin } from '../middleware/origin.ts';
import { agentAtUpgrade, signedSessionOf } from '../middleware/session.ts';
import { RefusalError } from '../refusal-error.ts';
import { visitorOf } from '../visitor-token.ts';
import { isThere } from './direct-chats.ts';

type Sockets = { Bindings: Env };

/** Only a request that reads can become a socket. */
export const isUpgrade = ({ method, headers }: Request): boolean =>
  method === 'GET' && headers.get('upgrade')?.toLowerCase() === 'websocket';

export const sockets = new Hono<Sockets>()
  .use(async (c, next) => {
    if (!isUpgrade(c.req.raw)) throw new RefusalError('route.unknown');
    await next();
  })

  .get('/conversations/:id', async (c) => {
    const id = v.safeParse(conversationIdSchema, c.req.param('id'));
    if (!id.success) return closedSocket('forbidden');
    const who = (await visitorAt(c)) ?? (await agentAt(c));
    if (typeof who === 'string') return closedSocket(who);
    return c.env.CONVERSATION.getByName(id.output).fetch(withIdentity(c.req.raw, who));
  })

  .get('/departments/:id', async (c) => {
    const id = v.safeParse(departmentIdSchema, c.req.param('id'));
    if (!id.success) return closedSocket('forbidden');
    const who = await agentAt(c);
    if (typeof who === 'string') return closedSocket(who);
    // One that the settings no longer have: before an object is made for it.
    if (!mayWatch(who.by, id.output)) return closedSocket('forbidden');
    return c.env.DEPARTMENT.getByName(id.output).fetch(withIdentity(c.req.raw, who));
  })

  .get('/direct-chats/:pair', async (c) => {
    const pair = v.safeParse(pairIdSchema, c.req.param('pair'));
    if (!pair.success) return closedSocket('forbidden');
    const who = await agentAt(c);
    if (typeof who === 'string') return closedSocket(who);
    const me = who.by.agentId;
    // Before an object is made for it.
    const isTheirs = participantsOf(pair.output).includes(me);
    if (!isTheirs || !(await isThere(c.env, colleagueIn(pair.output, me)))) {
      return closedSocket('forbidden');
    }
    return c.env.DIRECT_CHAT.getByName(pair.output).fetch(withIdentity(c.req.raw, who));
  })

  .get('/agents/me', async (c) => {
    const who = await agentAt(c);
    if (typeof who === 'string') return closedSocket(who);
    const [answer] = await Promise.all([
      c.env.AGENT.getByName(who.by.agentId).fetch(withIdentity(c.req.raw, who)),
      noteOwnSeen(c),
    ]);
    return answer;
  });

/** A page's own stream comes back every ten minutes for as long as it is open. */
async function noteOwnSeen(c: Context<Sockets>): Promise<void> {
  const token = await signedSessionOf(c);
  if (token !== null) await noteSeen(c.env.DIRECTORY, token, Date.now());
}

async function agentAt(c: Context<Sockets>): Promise<Identity<AgentPrincipal> | Closing> {
  if (!isOwnOrigin(c.req.raw)) return 'origin';
  const who = (await signedSessionOf(c)) === null ? 'visitor-socket' : 'agent-socket';
  if (!(await isWithinLimits(c, who))) return busy(c, who);
  const lookedUpAt = Date.now();
  const me = await agentAtUpgrade(c);
  return me ? { by: agentBy(me), lookedUpAt } : 'unauthenticated';
}

/** Null when no token is offered: then it may be an agent. */
async function visitorAt(c: Context<Sockets>): Promise<Identity | Closing | null> {
  const offered = c.req.header('sec-websocket-protocol')?.split(',') ?? [];
  const token = offered
    .map((protocol) => protocol.trim())
    .find((protocol) => protocol.startsWith(TOKEN_SUBPROTOCOL_PREFIX))
    ?.replace(TOKEN_SUBPROTOCOL_PREFIX, '');
  if (token === undefined) return null;
  if (!isVisitorOrigin(c.req.raw, c.env)) return 'origin';
  if (!(await isWithinLimits(c, 'visitor-socket'))) return busy(c, 'visitor-socket');
  const by = await visitorOf(token, c.env);
  if (by === null) return 'unauthenticated';
  if (!(await mayVisitor(c.env, 'visitor-socket', by.visitorId))) return 'busy';
  const device = deviceOf(c.req.header('user-agent'));
  return { by: { ...by, device }, lookedUpAt: Date.now() };
}

/** A socket that is told so costs far more than an answer, which a browser can't read. */
function busy(c: Context<Sockets>, what: 'visitor-socket' | 'agent-socket'): 'busy' {
  if (isFlood(c, what)) throw new RefusalError('rate.limited', { seconds: BUSY_SECONDS });
  return 'busy';
}
