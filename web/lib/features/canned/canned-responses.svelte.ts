// The canned responses that an agent may see. Loaded when they are first wanted; whenever they are wanted again, the
// server is asked by the version of what is here, and answers nothing when that is still right.

import * as v from 'valibot';
import { isOffered } from '#shared/canned-responses/access.ts';
import {
  cannedResponsesBody,
  type CannedResponse,
  type NewCannedResponse,
} from '#shared/canned-responses/canned-response.ts';
import type { AgentPrincipal } from '#shared/identity.ts';
import type { Refusal } from '#shared/refusals.ts';
import { outcomeOf } from '#web/lib/api.ts';
import { getWorkspace, type WorkspaceStore } from '#web/lib/live/workspace-store.svelte.ts';
import { CannedIndex } from './canned-index.ts';

const PATH = '/api/canned-responses';

export class CannedResponses {
  readonly #by: AgentPrincipal;
  readonly #fetch: typeof fetch;
  #all = $state.raw<readonly CannedResponse[] | null>(null);
  #index = $state.raw(new CannedIndex([]));
  #hasFailed = $state.raw(false);
  #version = '';
  #loading: Promise<void> | null = null;

  constructor(by: AgentPrincipal, request: typeof fetch = (...asked) => fetch(...asked)) {
    this.#by = by;
    this.#fetch = request;
  }

  /** All that the agent may see; null: not known yet. */
  get all() {
    return this.#all;
  }
  /** Those that are there to answer with. */
  get index() {
    return this.#index;
  }
  /** Whether the server was asked in vain the last time. What was known before stands. */
  get hasFailed() {
    return this.#hasFailed;
  }

  /** Brings them up to date. */
  refresh(): Promise<void> {
    this.#loading ??= this.#load().finally(() => (this.#loading = null));
    return this.#loading;
  }

  /** Stores a new one, or a change of the one that is given. Answers with why not; null: it is stored. */
  save(wanted: NewCannedResponse, before: CannedResponse | null): Promise<Refusal | null> {
    if (!before) return this.#ask('', { method: 'POST', body: JSON.stringify(wanted) });
    const body = JSON.stringify({ ...wanted, revision: before.revision });
    return this.#ask(`/${before.id}`, { method: 'PUT', body });
  }

  remove({ id }: CannedResponse): Promise<Refusal | null> {
    return this.#ask(`/${id}`, { method: 'DELETE' });
  }

  async #load(): Promise<void> {
    try {
      const response = await this.#fetch(`${PATH}?version=${encodeURIComponent(this.#version)}`);
      if (response.status !== 204) this.#replace(await response.json());
      this.#hasFailed = false;
    } catch {
      this.#hasFailed = true;
    }
  }

  #replace(body: unknown): void {
    const { version, responses } = v.parse(cannedResponsesBody, body);
    this.#version = version;
    this.#all = responses;
    this.#index = new CannedIndex(responses.filter(({ scope }) => isOffered(scope, this.#by)));
  }

  /** @throws without a connection */
  async #ask(path: string, init: RequestInit): Promise<Refusal | null> {
    const headers = { 'content-type': 'application/json' };
    const outcome = await outcomeOf(await this.#fetch(PATH + path, { ...init, headers }));
    // Also after a refusal: what stands in the way may be news.
    await this.#reload();
    return outcome.ok ? null : outcome.refusal;
  }

  /** One that is under way may have been answered before the change. */
  async #reload(): Promise<void> {
    await this.#loading;
    await this.refresh();
  }
}

/** By the page's workspace. The first part that needs them makes them, for the first page does without. */
const known = new WeakMap<WorkspaceStore, CannedResponses>();

export function getCannedResponses(): CannedResponses {
  const workspace = getWorkspace();
  const responses = known.get(workspace) ?? new CannedResponses(workspace.by);
  known.set(workspace, responses);
  return responses;
}
