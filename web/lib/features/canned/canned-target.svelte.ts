// Where a canned response goes: who it speaks to, who speaks, and what is noted about the conversation.

import * as v from 'valibot';
import {
  placeholdersBody,
  type CannedResponse,
  type ContactPlaceholders,
} from '#shared/canned-responses/canned-response.ts';
import { gapsIn, type PlaceholderValues } from '#shared/canned-responses/placeholders.ts';
import { isNamed } from '#shared/conversation/visitor-name.ts';
import type { DepartmentId } from '#shared/ids.ts';
import type { ConversationStore } from '#web/lib/live/conversation-store.svelte.ts';
import type { WorkspaceStore } from '#web/lib/live/workspace-store.svelte.ts';
import { m } from '#messages/compiled/messages.js';
import type { Actions } from '../actions/actions.svelte.ts';

export interface CannedTarget {
  /** Whose responses come first; null: it is of no department. */
  readonly departmentId: DepartmentId | null;
  /** What placeholders stand for, as far as it is known by now. */
  readonly values: PlaceholderValues;
  /** Learns the rest of it. Never fails: what can't be learned stays a gap. */
  know(): Promise<void>;
  /** A response has been inserted. */
  used(response: CannedResponse): void;
}

/** Nobody waits longer for the contact's address. */
const PATIENCE_MS = 3_000;

export class ConversationTarget implements CannedTarget {
  readonly #workspace: WorkspaceStore;
  readonly #actions: Actions;
  readonly #conversation: ConversationStore;
  #reach = $state.raw<ContactPlaceholders | null>(null);
  #asking: Promise<void> | null = null;

  constructor(workspace: WorkspaceStore, actions: Actions, conversation: ConversationStore) {
    this.#workspace = workspace;
    this.#actions = actions;
    this.#conversation = conversation;
  }

  get departmentId(): DepartmentId | null {
    const { state } = this.#conversation;
    return state.status === 'new' ? null : state.departmentId;
  }

  get values(): PlaceholderValues {
    const { state } = this.#conversation;
    const agent = { 'agent.name': this.#workspace.me.name };
    if (state.status === 'new') return agent;
    const { visitor, departmentId } = state;
    return {
      ...agent,
      'contact.name': isNamed(visitor) ? visitor.name : null,
      'contact.email': this.#reach?.email ?? null,
      'contact.phone': this.#reach?.phone ?? null,
      'department.name': this.#workspace.names.department(departmentId),
    };
  }

  know(): Promise<void> {
    if (this.#reach) return Promise.resolve();
    this.#asking ??= this.#learn().finally(() => (this.#asking = null));
    return this.#asking;
  }

  /** The conversation gets its tags, as far as the settings know them and the agent may set any. */
  used({ tags }: CannedResponse): void {
    const { state } = this.#conversation;
    if (state.status === 'new') return;
    const has = state.details.tags;
    const known = this.#workspace.settings.tags;
    const added = tags.filter((tag) => known.includes(tag) && !has.includes(tag));
    const all = known.filter((tag) => has.includes(tag) || added.includes(tag));
    const command = { type: 'details.set', tags: all } as const;
    if (added.length === 0 || !this.#actions.preview(this.#conversation, command).ok) return;
    const done = m.canned_tagged({ tags: added.join(', ') });
    void this.#actions.ask(this.#conversation, command, done);
  }

  async #learn(): Promise<void> {
    try {
      const path = `/api/conversations/${this.#conversation.id}/placeholders`;
      const response = await fetch(path, { signal: AbortSignal.timeout(PATIENCE_MS) });
      if (response.ok) this.#reach = v.parse(placeholdersBody, await response.json());
    } catch {
      // The agent fills the gap.
    }
  }
}

/** Whether a text says how the contact can be reached, which takes a question to the server. */
export const needsReach = (text: string): boolean =>
  gapsIn(text).some(({ placeholder }) => ['contact.email', 'contact.phone'].includes(placeholder));
