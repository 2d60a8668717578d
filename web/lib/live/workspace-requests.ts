// What a workspace asks the server for by HTTP.

import * as v from 'valibot';
import { workspaceBody, type Workspace } from '#shared/api.ts';
import { eventsBody, type EventsPage } from '#shared/conversation/events-page.ts';
import type { ConversationId } from '#shared/ids.ts';
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
