// What the agent can do, however he asks for it: an icon, a key, the palette, the menu.

import { createContext } from 'svelte';
import type { ConversationId } from '#shared/ids.ts';
import type { Outcome } from '#shared/refusals.ts';
import { outcomeOf } from '#web/lib/api.ts';
import type { LiveConversation } from '#web/lib/live/conversation.svelte.ts';
import type { LiveDesk } from '#web/lib/live/desk.svelte.ts';
import { refusalSentence } from '#web/lib/refusal-sentence.ts';
import type { Notices } from '#web/lib/ui/notices.svelte.ts';
import { m } from '#web/paraglide/messages.js';
import { neighbour } from '../shortcuts/neighbour.ts';
import type { ActionId } from '../shortcuts/shortcuts.ts';
import type { DetailsPanel } from '../contact/details-panel.svelte.ts';
import { againstEnding, againstTaking } from './permission.ts';
import type { Preferences } from './preferences.svelte.ts';

interface Parts {
  desk: LiveDesk;
  notices: Notices;
  preferences: Preferences;
  details: DetailsPanel;
  /** Goes to a page of the workspace. */
  go: (path: string) => void;
  /** Leaves the workspace. */
  leave: () => void;
}

export type OpenDialog = 'palette' | 'shortcuts' | 'end';

export class Actions {
  readonly desk: LiveDesk;
  readonly preferences: Preferences;
  readonly details: DetailsPanel;
  readonly #notices: Notices;
  readonly #go: Parts['go'];
  readonly #leave: Parts['leave'];
  #dialog = $state.raw<OpenDialog | null>(null);
  /** The conversation whose taking has not been answered yet. */
  #taking = $state.raw<ConversationId | null>(null);

  constructor({ desk, notices, preferences, details, go, leave }: Parts) {
    this.desk = desk;
    this.preferences = preferences;
    this.details = details;
    this.#notices = notices;
    this.#go = go;
    this.#leave = leave;
  }

  get dialog() {
    return this.#dialog;
  }
  get taking() {
    return this.#taking;
  }

  closeDialog(): void {
    this.#dialog = null;
  }

  /** Why an action can't be used now; null when it can. */
  blocked(id: ActionId): string | null {
    const { opened } = this.desk;
    if (id === 'details') return opened ? null : m.blocked_nothing_open();
    if (id === 'reply') {
      return opened && this.desk.isMine(opened) ? null : m.blocked_not_serving();
    }
    if (id !== 'take' && id !== 'end') return null;
    if (!opened) return m.blocked_nothing_open();
    if (id === 'take' && this.desk.isMine(opened)) return m.blocked_already_yours();
    const judge = id === 'take' ? againstTaking : againstEnding;
    const against = judge(opened.state, this.#standing());
    return against && refusalSentence(against);
  }

  run(id: ActionId): void {
    const blocked = this.blocked(id);
    if (blocked !== null) {
      this.#notices.fail(blocked);
      return;
    }
    this.#perform[id]();
  }

  async end(conversation: LiveConversation, comment: string): Promise<void> {
    this.closeDialog();
    const command = { type: 'conversation.end', comment: comment.trim() || null } as const;
    this.#tell(await conversation.ask(command), m.notice_ended());
  }

  async changePhoto(photo: Blob): Promise<boolean> {
    return this.#request('/api/me/avatar', { method: 'PUT', body: photo }, m.notice_photo());
  }

  readonly #perform: Record<ActionId, () => void> = {
    palette: () => (this.#dialog = 'palette'),
    shortcuts: () => (this.#dialog = 'shortcuts'),
    end: () => (this.#dialog = 'end'),
    next: () => this.#step(1),
    previous: () => this.#step(-1),
    inbox: () => this.#go('/inbox'),
    take: () => void this.#take(),
    reply: () => document.getElementById('composer')?.focus(),
    details: () => this.details.toggle(),
    availability: () => this.#toggleAvailability(),
    signOut: () => void this.#signOut('/api/session'),
    signOutEverywhere: () => void this.#signOut('/api/sessions'),
  };

  async #take(): Promise<void> {
    const { opened } = this.desk;
    if (!opened || opened.state.status === 'new' || this.#taking === opened.id) return;
    this.#taking = opened.id;
    const { name } = opened.state.visitor;
    const outcome = await opened.ask({ type: 'conversation.take' });
    if (this.#taking === opened.id) this.#taking = null;
    this.#tell(outcome, m.notice_taken({ name }));
  }

  #toggleAvailability(): void {
    const { agent } = this.desk;
    const next = agent.availability === 'available' ? 'away' : 'available';
    agent.setAvailability(next);
    this.#notices.succeed(next === 'away' ? m.notice_away() : m.notice_available());
  }

  #step(step: 1 | -1): void {
    const { queue, inProgress, closed, opened } = this.desk;
    const list = [
      ...queue.map(({ conversationId }) => conversationId),
      ...inProgress.map(({ id }) => id),
      ...closed.map(({ conversationId }) => conversationId),
    ];
    const id = neighbour(list, opened?.id ?? null, step);
    if (id && id !== opened?.id) this.#go(`/inbox/${id}`);
  }

  async #signOut(path: string): Promise<void> {
    if (await this.#request(path, { method: 'DELETE' }, null)) this.#leave();
  }

  async #request(path: string, init: RequestInit, done: string | null): Promise<boolean> {
    try {
      const outcome = await outcomeOf(await fetch(path, init));
      this.#tell(outcome, done);
      return outcome.ok;
    } catch {
      this.#notices.fail(m.notice_offline());
      return false;
    }
  }

  #tell(outcome: Outcome<unknown>, done: string | null): void {
    if (!outcome.ok) this.#notices.fail(refusalSentence(outcome.refusal));
    else if (done !== null) this.#notices.succeed(done);
  }

  #standing() {
    const { me, agent, facts } = this.desk;
    return {
      me,
      availability: agent.availability,
      held: agent.held.length,
      limit: facts.chatsPerAgent,
    };
  }
}

export const [getActions, setActions] = createContext<Actions>();
