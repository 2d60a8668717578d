// What a workspace asks the server for by HTTP.

import * as v from 'valibot';
import { workspaceBody, type Workspace } from '#shared/api.ts';
import { eventsBody, type EventsPage } from '#shared/conversation/events-page.ts';
import { directEventsBody, type DirectEventsPage } from '#shared/direct-chat/api.ts';
import { colleagueIn, type PairId } from '#shared/direct-chat/pair.ts';
import type { AgentId, ConversationId } from '#shared/ids.ts';
import type { Environment } from './environment.ts';

export class WorkspaceRequests {
  readonly #origin: string;
  readonly #environment: Pick<Environment, 'fetch'>;

  constructor(origin: string, environment: Pick<Environment, 'fetch'>) {
    this.#origin = origin;
    this.#environment = environment;
  }

  /** The page of a conversation's log that ends before `seq`. */
  async earlier(id: ConversationId, before: number): Promise<EventsPage> {
    const response = await this.#get(`/api/conversations/${id}/events?before=${before}`);
    if (!response.ok) throw new Error(`The earlier events of ${id} answered ${response.status}.`);
    return v.parse(eventsBody, await response.json());
  }

  /** The same of a direct chat's log. */
  async earlierDirect(id: PairId, me: AgentId, before: number): Promise<DirectEventsPage> {
    const path = `/api/direct-chats/${colleagueIn(id, me)}/events?before=${before}`;
    const response = await this.#get(path);
    if (!response.ok) throw new Error(`The earlier events of ${id} answered ${response.status}.`);
    return v.parse(directEventsBody, await response.json());
  }

  /** Null when there is no answer, or one that this page does not understand: then what it has stands. */
  async workspace(): Promise<Workspace | null> {
    try {
      const response = await this.#get('/api/workspace');
      return response.ok ? v.parse(workspaceBody, await response.json()) : null;
    } catch {
      return null;
    }
  }

  #get(path: string): Promise<Response> {
    return this.#environment.fetch(this.#origin + path);
  }
}
