// Conversations to search in, through real actors, and what a plain reading of their logs finds.

import { env } from 'cloudflare:workers';
import { mayRead } from '#shared/conversation/access.ts';
import { textBody } from '#shared/conversation/body.ts';
import type { AgentPrincipal } from '#shared/identity.ts';
import type { ConversationId, DepartmentId } from '#shared/ids.ts';
import type { SearchHit } from '#shared/search/bodies.ts';
import { saidIn } from '#shared/search/said.ts';
import { wantedIn } from '#shared/search/wanted.ts';
import type { Sight } from '../io/conversation-lists.ts';
import { findHits } from '../io/search-hits.ts';
import type { SearchFilter } from '../io/search.ts';
import { anAgent, aQueuedConversation, at, aVisitor, conversationOf } from './people.ts';

const admin = anAgent('Ada', { role: 'admin', departments: [] });

/** A conversation in which an agent says all of it, and which that agent ends if `isOver`. */
export async function talkOf(
  agent: AgentPrincipal,
  texts: readonly string[],
  { departmentId, isOver }: { departmentId: DepartmentId; isOver: boolean },
): Promise<ConversationId> {
  const { id } = await aQueuedConversation(aVisitor(), departmentId);
  const wire = await at(id, agent);
  await wire.must({ type: 'conversation.take' });
  for (const text of texts) await wire.must({ type: 'message.send', body: textBody(text) });
  if (isOver) await wire.must({ type: 'conversation.end', comment: null });
  else await wire.must({ type: 'details.set', topic: `Topic ${id}` });
  wire.close();
  return id;
}

export const sightOf = ({ agentId, departments, permissions }: AgentPrincipal): Sight => ({
  departments: permissions.includes('conversation.view-all') ? null : departments,
  agentId,
});

interface Options {
  readonly order?: 'best' | 'newest';
  readonly filter?: SearchFilter;
}

/** Of all pages, in order. */
export async function searchAll(
  by: AgentPrincipal,
  typed: string,
  { order = 'newest', filter = {} }: Options = {},
): Promise<SearchHit[]> {
  const search = { wanted: wantedIn(typed), sight: sightOf(by), filter };
  const hits: SearchHit[] = [];
  let after: number | null = null;
  do {
    const page: Awaited<ReturnType<typeof findHits>> = await findHits(env.SEARCH, search, {
      order,
      after,
    });
    hits.push(...page.hits);
    after = page.next;
  } while (after !== null);
  return hits;
}

/** What names a message among all. */
export const nameOf = ({ conversationId, seq }: { conversationId: string; seq: number }): string =>
  `${conversationId} ${seq}`;

/** The messages of these conversations that `matches`, and that the agent may read, without any index. */
export async function readAll(
  by: AgentPrincipal,
  ids: readonly ConversationId[],
  matches: (text: string) => boolean,
): Promise<string[]> {
  const found: string[] = [];
  for (const conversationId of ids) {
    const outcome = await conversationOf(conversationId).snapshot(admin);
    if (!outcome.ok || !mayRead(outcome.value.state, by)) continue;
    for (const event of outcome.value.events) {
      const said = saidIn(event);
      if (said && matches(said.text)) found.push(nameOf({ conversationId, seq: said.seq }));
    }
  }
  return found.sort();
}
