// The agent's direct chats with colleagues, as pages are rendered from them. Mounted at /api.

import { Hono, type Context } from 'hono';
import type { DirectChatPage } from '#shared/direct-chat/api.ts';
import { BOT, isBot } from '#shared/direct-chat/bot.ts';
import { pairIdOf } from '#shared/direct-chat/pair.ts';
import type { AgentId } from '#shared/ids.ts';
import { conversationSearchQuery } from '#shared/search/bodies.ts';
import { findColleague } from '../../io/agents.ts';
import { agentBy } from '../identity.ts';
import type { SignedIn } from '../middleware/session.ts';
import { queryOf } from '../query.ts';
import { granted, RefusalError } from '../refusal-error.ts';
import { beforeOf } from './conversation-events.ts';

type Found = Pick<DirectChatPage, 'colleague' | 'isOpen'>;

export const directChats = new Hono<SignedIn>()
  .get('/direct-chats/:colleague', async (c) => {
    const { colleague, isOpen } = await colleagueAt(c);
    const pairId = pairIdOf(c.var.me.agentId, colleague.agentId);
    const snapshot = granted(await c.env.DIRECT_CHAT.getByName(pairId).snapshot(agentBy(c.var.me)));
    return c.json({ pairId, colleague, isOpen, ...snapshot } satisfies DirectChatPage);
  })

  .get('/direct-chats/:colleague/events', async (c) => {
    const before = beforeOf(c);
    const { colleague } = await colleagueAt(c);
    const chat = c.env.DIRECT_CHAT.getByName(pairIdOf(c.var.me.agentId, colleague.agentId));
    return c.json(granted(await chat.page(agentBy(c.var.me), before)));
  })

  .get('/direct-chats/:colleague/search', async (c) => {
    const query = queryOf(c, conversationSearchQuery);
    const { colleague } = await colleagueAt(c);
    const chat = c.env.DIRECT_CHAT.getByName(pairIdOf(c.var.me.agentId, colleague.agentId));
    return c.json(granted(await chat.search(agentBy(c.var.me), query)));
  });

/** The colleague whom the address names by their id or username. */
async function colleagueAt(c: Context<SignedIn>): Promise<Found> {
  const { me } = c.var;
  const named = c.req.param('colleague') ?? '';
  if (named === BOT.id) return found({ agentId: BOT.id, name: BOT.name, username: null });
  const agent = await findColleague(c.env.DIRECTORY, named);
  if (agent && agent.agentId !== me.agentId) return found(agent);
  // What a colleague wrote is still there when their account is gone.
  const { directChats: chats } = await c.env.AGENT.getByName(me.agentId).snapshot();
  const former = chats.find(({ colleague }) => colleague.id === named)?.colleague;
  if (!former) throw new RefusalError('agent.unknown');
  return { colleague: { agentId: former.id, name: former.name, username: null }, isOpen: false };
}

function found({ agentId, name, username }: Found['colleague']): Found {
  return { colleague: { agentId, name, username }, isOpen: !isBot(agentId) };
}

/** Whether there is somebody to talk with. */
export const isThere = async (env: Env, id: AgentId): Promise<boolean> =>
  isBot(id) || (await findColleague(env.DIRECTORY, id))?.agentId === id;
