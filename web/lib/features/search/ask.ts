// What the search asks the server.

import * as v from 'valibot';
import type { AgentId, ConversationId } from '#shared/ids.ts';
import { accept, type Outcome } from '#shared/refusals.ts';
import {
  conversationSearchBody,
  searchBody,
  type ConversationHit,
  type SearchHit,
} from '#shared/search/bodies.ts';
import { outcomeOf } from '#web/lib/api.ts';
import type { FoundPage } from './finder.svelte.ts';

/** Of the query of an address; what is undefined is left out. */
export type Parameters = Readonly<Record<string, string | undefined>>;

export function addressOf(path: string, parameters: Parameters): string {
  const given = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, value]],
  );
  const query = new URLSearchParams(given).toString();
  return query === '' ? path : `${path}?${query}`;
}

async function ask<const S extends v.GenericSchema>(
  address: string,
  schema: S,
  signal: AbortSignal,
): Promise<Outcome<v.InferOutput<S>>> {
  const outcome = await outcomeOf(await fetch(address, { signal }));
  return outcome.ok ? accept(v.parse(schema, await outcome.value.json())) : outcome;
}

export function askAll(
  parameters: Parameters,
  after: number | null,
  signal: AbortSignal,
): Promise<Outcome<FoundPage<SearchHit>>> {
  const address = addressOf('/api/search', { ...parameters, after: after?.toString() });
  return ask(address, searchBody, signal);
}

export type AskLog = (
  parameters: Parameters,
  before: number | null,
  signal: AbortSignal,
) => Promise<Outcome<FoundPage<ConversationHit>>>;

export const askConversation = (id: ConversationId): AskLog =>
  askLog(`/api/conversations/${id}/search`);

/** The agent's chat with that colleague. */
export const askDirectChat = (colleague: AgentId): AskLog =>
  askLog(`/api/direct-chats/${colleague}/search`);

const askLog =
  (path: string): AskLog =>
  (parameters, before, signal) => {
    const address = addressOf(path, { ...parameters, before: before?.toString() });
    return ask(address, conversationSearchBody, signal);
  };
