// What the agent can do, however he asks for it: an icon, a key, the palette, the menu.

import { createContext } from 'svelte';
import type { ConversationCommand } from '#shared/conversation/commands.ts';
import type { Decision } from '#shared/conversation/decide.ts';
import type { AgentRef } from '#shared/conversation/events.ts';
import type { Outcome } from '#shared/refusals.ts';
import { outcomeOf } from '#web/lib/api.ts';
import type { ConversationStore } from '#web/lib/live/conversation-store.svelte.ts';
import type { WorkspaceStore } from '#web/lib/live/workspace-store.svelte.ts';
import { refusalSentence } from '#web/lib/refusal-sentence.ts';
import type { Notices } from '#web/lib/ui/notices.svelte.ts';
import { m } from '#web/paraglide/messages.js';
import type { DetailsPanel } from '../contact/details-panel.svelte.ts';
import { neighbour } from '../shortcuts/neighbour.ts';
import type { ActionId } from '../shortcuts/shortcuts.ts';
import { ACTION_COMMANDS, isConversationAction, judge } from './judge.ts';
import type { Preferences } from './preferences.svelte.ts';

interface Parts {
  workspace: WorkspaceStore;
  notices: Notices;
  preferences: Preferences;
  details: DetailsPanel;
  /** Goes to a page of the workspace. */
  go: (path: string) => void;
  /** Leaves the workspace. */
  leave: () => void;
}

/** DecisionContext about in a dialog before it is done. */
export const ASKED_ABOUT = ['requeue', 'forward', 'hold', 'end', 'invite', 'leave'] as const;
export type OpenDialog = 'palette' | 'shortcuts' | (typeof ASKED_ABOUT)[number];

export class Actions {
  readonly workspace: WorkspaceStore;
  readonly preferences: Preferences;
  readonly details: DetailsPanel;
  readonly #notices: Notices;
  readonly #go: Parts['go'];
  readonly #leave: Parts['leave'];
  #dialog = $state.raw<OpenDialog | null>(null);
  /** The one of which something was asked that has not been answered yet. */
  #asking = $state.raw<ConversationStore | null>(null);

  constructor({ workspace, notices, preferences, details, go, leave }: Parts) {
    this.workspace = workspace;
    this.preferences = preferences;
    this.details = details;
    this.#notices = notices;
    this.#go = go;
    this.#leave = leave;
  }

  get dialog() {
    return this.#dialog;
  }
  /** Whether the open conversation owes an answer. One that was left meanwhile may never give it. */
  get isAsking() {
    return this.#asking !== null && this.#asking === this.workspace.opened;
  }

  closeDialog(): void {
    this.#dialog = null;
  }

  /** Why an action can't be used now; null when it can. */
  blocked(id: ActionId): string | null {
    const { opened, settings, departments } = this.workspace;
    if (id === 'messages') return departments.length > 0 ? null : m.blocked_no_department();
    if (id === 'details') return opened ? null : m.blocked_nothing_open();
    if (!isConversationAction(id)) return null;
    if (!opened) return m.blocked_nothing_open();
    const verdict = this.judge(opened, ACTION_COMMANDS[id](settings));
    if (!verdict.ok) return refusalSentence(verdict.refusal);
    return id === 'take' && verdict.value.length === 0 ? m.blocked_already_yours() : null;
  }

  /** What the desk would decide. */
  judge(
    { id, state, seq }: ConversationStore,
    command: ConversationCommand,
    colleague?: Outcome<AgentRef>,
  ): Decision {
    const { by, settings: rules, agent } = this.workspace;
    const standing = {
      ...{ by, rules, availability: agent.availability, limit: rules.maxConversations },
      slots: this.workspace.slots,
    };
    return judge({ id, state, seq }, command, standing, colleague);
  }

  run(id: ActionId): void {
    const blocked = this.blocked(id);
    if (blocked !== null) {
      this.#notices.fail(blocked);
      return;
    }
    this.#perform[id]();
  }

  /** Asks the desk and tells how it went. A dialog stays open until it went well. */
  async ask(
    conversation: ConversationStore,
    command: ConversationCommand,
    done: string,
  ): Promise<boolean> {
    if (this.#asking === conversation) return false;
    this.#asking = conversation;
    const answer = await conversation.ask(command);
    if (this.#asking === conversation) this.#asking = null;
    if (answer?.ok) this.closeDialog();
    if (answer) this.#tell(answer, done);
    else this.#notices.fail(m.notice_no_answer());
    return answer?.ok ?? false;
  }

  /** What a dialog is about can't be done any more. */
  giveUp(why: string): void {
    this.closeDialog();
    this.#notices.fail(why);
  }

  async changePhoto(photo: Blob): Promise<boolean> {
    return this.#request('/api/me/avatar', { method: 'PUT', body: photo }, m.notice_photo());
  }

  readonly #perform: Record<ActionId, () => void> = {
    palette: () => (this.#dialog = 'palette'),
    shortcuts: () => (this.#dialog = 'shortcuts'),
    requeue: () => (this.#dialog = 'requeue'),
    forward: () => (this.#dialog = 'forward'),
    hold: () => (this.#dialog = 'hold'),
    end: () => (this.#dialog = 'end'),
    invite: () => (this.#dialog = 'invite'),
    leave: () => (this.#dialog = 'leave'),
    next: () => this.#step(1),
    previous: () => this.#step(-1),
    inbox: () => this.#go('/inbox'),
    messages: () => this.#go('/offline-messages'),
    take: () => this.#askOpened('conversation.take', (name) => m.notice_taken({ name })),
    resume: () => this.#askOpened('conversation.resume', (name) => m.notice_resumed({ name })),
    reply: () => document.getElementById('composer')?.focus(),
    details: () => this.details.toggle(),
    edit: () => this.details.edit(),
    availability: () => this.#toggleAvailability(),
    signOut: () => void this.#signOut('/api/session'),
    signOutEverywhere: () => void this.#signOut('/api/sessions'),
  };

  #askOpened(
    type: 'conversation.take' | 'conversation.resume',
    done: (name: string) => string,
  ): void {
    const { opened } = this.workspace;
    if (!opened || opened.state.status === 'new') return;
    void this.ask(opened, { type }, done(opened.state.visitor.name));
  }

  #toggleAvailability(): void {
    const { agent } = this.workspace;
    const next = agent.availability === 'available' ? 'away' : 'available';
    agent.setAvailability(next);
    this.#notices.succeed(next === 'away' ? m.notice_away() : m.notice_available());
  }

  #step(step: 1 | -1): void {
    const { queue, inProgress, onHold, closed, opened } = this.workspace;
    const list = [
      ...queue.map(({ conversationId }) => conversationId),
      ...inProgress.map(({ id }) => id),
      ...onHold.map(({ id }) => id),
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
}

export const [getActions, setActions] = createContext<Actions>();
