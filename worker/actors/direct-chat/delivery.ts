// What a direct chat tells the agents of its two: what was written last, and how much of it each has not seen.

import * as v from 'valibot';
import { isDeleted } from '#shared/conversation/amendments.ts';
import { BOT, isBot } from '#shared/direct-chat/bot.ts';
import {
  isBy,
  type DirectChatEvent,
  type DirectChatState,
} from '#shared/direct-chat/direct-chat.ts';
import { colleagueIn, participantsOf, type PairId } from '#shared/direct-chat/pair.ts';
import { MOST_UNREAD } from '#shared/direct-chat/summary.ts';
import { agentIdSchema, type AgentId } from '#shared/ids.ts';
import { findAgent } from '../../io/agents.ts';
import { putUndelivered } from '../../io/undelivered.ts';
import type { EventLog } from '../parts/event-log.ts';
import { Outbox } from '../parts/outbox.ts';

const effectSchema = v.object({ to: v.literal('agent'), agentId: agentIdSchema });
type DirectChatEffect = v.InferOutput<typeof effectSchema>;

export type DirectChatOutbox = Outbox<DirectChatEffect>;

interface Deps {
  readonly id: PairId;
  readonly log: EventLog<DirectChatState, DirectChatEvent>;
  readonly env: Pick<Env, 'AGENT' | 'DIRECTORY'>;
  readonly now: () => number;
}

export const openOutbox = (sql: SqlStorage, deps: Deps): DirectChatOutbox =>
  new Outbox(sql, {
    read: (stored) => v.parse(effectSchema, stored),
    deliver: ({ agentId }) => tell(agentId, deps),
    giveUp: (what) =>
      putUndelivered(deps.env.DIRECTORY, {
        ...{ ...what, actor: 'direct-chat', actorId: deps.id },
        givenUpAt: deps.now(),
      }),
    now: deps.now,
  });

/** Both hear of a message; the bot has nobody who would read. */
export const effectsFor = (id: PairId): DirectChatEffect[] =>
  participantsOf(id)
    .filter((agentId) => !isBot(agentId))
    .map((agentId) => ({ to: 'agent', agentId }));

/** As it is now: what has happened since the effect is told with it. */
async function tell(agentId: AgentId, { id, log, env }: Deps): Promise<void> {
  const { seq } = log;
  const { lastMessage } = log.state;
  if (!lastMessage) return;
  const seen = log.receipts[agentId]?.seen ?? 0;
  const other = colleagueIn(id, agentId);
  const colleague = { id: other, name: await nameOf(other, env) };
  const fresh = log
    .readAfter(seen, MOST_UNREAD)
    .filter((event) => isWritten(event) && !isBy(event, agentId));
  const chat = { pairId: id, colleague, lastMessage, unread: fresh.length };
  await env.AGENT.getByName(agentId).hear({ of: 'direct-chat', chat, seq, seen });
}

/** What changes or takes back a message is no message. */
const isWritten = (event: DirectChatEvent): boolean =>
  event.type === 'message.sent' && !isDeleted(event.body);

/** One who is gone keeps their id. */
async function nameOf(agentId: AgentId, { DIRECTORY }: Deps['env']): Promise<string> {
  if (isBot(agentId)) return BOT.name;
  return (await findAgent(DIRECTORY, agentId))?.name ?? agentId;
}
