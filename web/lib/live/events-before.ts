// A page of a conversation's log, for who reads it without following it.

import * as v from 'valibot';
import { eventsBody, type EventsPage } from '#shared/conversation/events-page.ts';
import type { ConversationId } from '#shared/ids.ts';
import { outcomeOf } from '../api.ts';

/** No log gets this long: the page before it is the last one. */
export const AFTER_ALL = 1e12;

/** The page that ends before `seq`. Throws when it could not be had. */
export async function eventsBefore(id: ConversationId, before: number): Promise<EventsPage> {
  const outcome = await outcomeOf(await fetch(`/api/conversations/${id}/events?before=${before}`));
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return v.parse(eventsBody, await outcome.value.json());
}
