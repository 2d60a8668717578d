// What the agent does, whether by an icon, a key, the palette or a menu: one action at a time, and how it went.

import { createContext } from 'svelte';
import type { CommandOf, ConversationCommand } from '#shared/conversation/commands.ts';
import type { Decision } from '#shared/conversation/decide.ts';
import type { AgentRef } from '#shared/conversation/events.ts';
import type { Outcome } from '#shared/refusals.ts';
import { outcomeOf } from '#web/lib/api.ts';
import type { ConversationStore } from '#web/lib/live/conversation-store.svelte.ts';
import type { Answer } from '#web/lib/live/pending-commands.svelte.ts';
import type { WorkspaceStore } from '#web/lib/live/workspace-store.svelte.ts';
import { refusalSentence } from '#web/lib/refusal-sentence.ts';
import type { Notices } from '#web/lib/ui/notices.svelte.ts';
import { m } from '#messages/compiled/messages.js';
import type { SidePanel } from '../panels/side-panel.svelte.ts';
import type { SidebarSections } from '../sidebar/sections.svelte.ts';
import type { Action, ActionContext, Question, QuickView } from './action.ts';
import type { Preferences } from './preferences.svelte.ts';
import { previewAction } from './preview-action.ts';
import type { Shortcuts } from './shortcuts.svelte.ts';
import { Undo } from './undo.svelte.ts';
import { undo as undoAction } from './workspace/undo.ts';

interface Parts {
  all: readonly Action[];
  workspace: WorkspaceStore;
  notices: Notices;
  preferences: Preferences;
  shortcuts: Shortcuts;
  panel: SidePanel;
  sections: SidebarSections;
  go: ActionContext['go'];
  leave: ActionContext['leave'];
}

export class Actions implements ActionContext {
  readonly all: readonly Action[];
  readonly workspace: WorkspaceStore;
  readonly preferences: Preferences;
  readonly shortcuts: Shortcuts;
  readonly panel: SidePanel;
  readonly sections: SidebarSections;
  readonly go: ActionContext['go'];
  readonly leave: ActionContext['leave'];
  readonly #undo: Undo;
  readonly #notices: Notices;
  #asked = $state.raw<Action | null>(null);
  /** The one whose answer is awaited. */
  #asking = $state.raw<ConversationStore | null>(null);

  constructor(parts: Parts) {
    const { workspace, notices } = parts;
    this.all = parts.all;
    this.workspace = workspace;
    this.#notices = notices;
    this.preferences = parts.preferences;
    this.shortcuts = parts.shortcuts;
    this.panel = parts.panel;
    this.sections = parts.sections;
    this.go = parts.go;
    this.leave = parts.leave;
    const ask: Actions['ask'] = (...asked) => this.ask(...asked);
    const keys = () => this.keysOf(undoAction);
    this.#undo = new Undo({ workspace, notices, ask, keys });
  }

  /** The action whose dialog is open. */
  get asked() {
    return this.#asked;
  }
  /** Whether the open conversation owes an answer. One that was left meanwhile may never give it. */
  get isAsking() {
    return this.#asking !== null && this.#asking === this.workspace.opened;
  }

  get canUndo() {
    return this.#undo.canUndo;
  }

  closeDialog(): void {
    this.#asked = null;
  }

  /** Why an action can't be used now; null when it can. */
  blocked(action: Action): string | null {
    const { opened, settings } = this.workspace;
    if (action.command) {
      if (!opened) return m.blocked_nothing_open();
      if (this.isEnding(opened)) return m.blocked_ending();
      const decision = this.preview(opened, action.command(settings));
      if (!decision.ok) return refusalSentence(decision.refusal);
    }
    return action.blocked?.(this) ?? null;
  }

  /** The shortcut to show beside an action. */
  keysOf(action: Action): string | undefined {
    return this.shortcuts.of(action)[0];
  }

  /** The actions at the top of a conversation, in their order. */
  quick(view: QuickView): readonly Action[] {
    return this.all.filter((action) => action.quick?.(view));
  }

  /** What the server would decide. */
  preview(
    { id, state, seq }: ConversationStore,
    command: ConversationCommand,
    colleague?: Outcome<AgentRef>,
  ): Decision {
    const { by, settings: rules, agent } = this.workspace;
    const { availability } = agent;
    // What is about to end makes way for what needs its slot.
    const slots = this.workspace.slots.filter(
      ({ conversationId }) => !this.#undo.isEnding({ id: conversationId }),
    );
    const situation = { by, rules, availability, slots, limit: rules.maxConversations };
    return previewAction({ id, state, seq }, command, situation, colleague);
  }

  run(action: Action): void {
    const blocked = this.blocked(action);
    if (blocked !== null) this.#notices.fail(blocked);
    else if ('perform' in action.how) action.how.perform(this);
    else this.#asked = action;
  }

  /** Asks the server and tells how it went. A dialog stays open until it went well. */
  async ask(
    conversation: ConversationStore,
    command: ConversationCommand,
    done: string | null,
  ): Promise<boolean> {
    if (this.#asking === conversation) return false;
    this.#asking = conversation;
    if (command.type === 'conversation.take') await this.#undo.endNow();
    let answer: Answer;
    try {
      answer = await conversation.ask(command);
    } finally {
      // In one step with what follows: a dialog that is still open would find that it has nothing to ask any more.
      if (this.#asking === conversation) this.#asking = null;
    }
    if (answer?.ok) this.closeDialog();
    if (!answer) this.#notices.fail(m.notice_no_answer());
    else if (!answer.ok) this.#notices.fail(refusalSentence(answer.refusal));
    else if (done !== null) this.say(done);
    return answer?.ok ?? false;
  }

  /** The agent has said yes. */
  async answer(
    conversation: ConversationStore,
    { command, done, back }: Pick<Question, 'command' | 'done' | 'back'>,
  ): Promise<void> {
    const isDone = await this.ask(conversation, command, back ? null : done);
    if (isDone && back) this.#undo.offer(conversation, done, back);
  }

  /** Ends it in a moment, unless the agent takes that back or the visitor writes. */
  end(conversation: ConversationStore, command: CommandOf<'conversation.end'>): void {
    this.closeDialog();
    this.#undo.end(conversation, command);
  }

  sendAndEnd(ask: Action): void {
    const { opened } = this.workspace;
    const command = { type: 'conversation.end', comment: null } as const;
    if (!opened) return;
    void this.workspace.sender.reply(opened).then(() => {
      if (this.workspace.opened !== opened) return;
      if (this.preview(opened, command).ok) this.end(opened, command);
      else this.run(ask);
    });
  }

  isEnding(conversation: ConversationStore): boolean {
    return this.#undo.isEnding(conversation);
  }

  /** What the form to end begins with, if the agent has filled it in before. */
  endTakenBackIn(conversation: ConversationStore) {
    return this.#undo.takenBackIn(conversation);
  }

  undo(): void {
    this.#notices.acceptOffer();
  }

  settle(): void {
    this.#notices.settle();
  }

  heed(): void {
    this.#undo.heed();
  }

  askOpened(command: ConversationCommand, done: (name: string) => string): void {
    const { opened } = this.workspace;
    if (!opened || opened.state.status === 'new') return;
    void this.ask(opened, command, done(opened.state.visitor.name));
  }

  /** What a dialog is about can't be done any more. */
  giveUp(why: string): void {
    this.closeDialog();
    this.#notices.fail(why);
  }

  say(told: string): void {
    this.#notices.say(told);
  }

  async request(path: string, init: RequestInit, done: string | null): Promise<boolean> {
    try {
      const outcome = await outcomeOf(await fetch(path, init));
      if (!outcome.ok) this.#notices.fail(refusalSentence(outcome.refusal));
      else if (done !== null) this.#notices.succeed(done);
      return outcome.ok;
    } catch {
      this.#notices.fail(m.notice_offline());
      return false;
    }
  }
}

export const [getActions, setActions] = createContext<Actions>();
