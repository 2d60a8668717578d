// What an action of the workspace is. Tooltips, the palette, the list of shortcuts, the keyboard and the quick
// bar read it from here; a new action is a file and a line of all.ts.

import type { Component } from 'svelte';
import type { SlotKind } from '#shared/agent.ts';
import type { ConversationCommand } from '#shared/conversation/commands.ts';
import type { OpenedConversation } from '#shared/conversation/state.ts';
import type { Rules } from '#shared/settings/rules.ts';
import type { WorkspaceStore } from '#web/lib/live/workspace-store.svelte.ts';
import type { Opened } from '../conversation/opened.ts';
import type { SidePanel } from '../panels/side-panel.svelte.ts';
import type { SidebarSections } from '../sidebar/sections.svelte.ts';

export interface Action {
  readonly id: string;
  readonly label: () => string;
  /** Other words for it, which the palette finds it by. */
  readonly synonyms?: () => string;
  readonly icon: Component<{ size?: number }>;
  /** Its shortcuts as they come; an agent may have chosen others. The first is the one that is shown. */
  readonly keys: readonly string[];
  /**
   * For an action on the open conversation: what it asks for, at its best. What is chosen later is right. It can
   * be used when the server's own rules would accept that.
   */
  readonly command?: (rules: Rules) => ConversationCommand;
  /** Why it can't be used now, beside that; null when it can. */
  readonly blocked?: (context: ActionContext) => string | null;
  /** Its place at the top of a conversation: a phone shows those in front, and the others in a menu. */
  readonly quick?: (view: QuickView) => 'front' | 'menu' | null;
  readonly how: HowItIsDone;
}

/** At once, or in a dialog, which loads after the page; a dialog that only asks for a yes needs no component. */
export type HowItIsDone =
  | { readonly perform: (context: ActionContext) => void }
  | { readonly dialog: () => Promise<{ default: Component }> }
  | { readonly question: (opened: Opened, workspace: WorkspaceStore) => Question };

export interface Question {
  readonly title: string;
  readonly description: string;
  readonly submit: string;
  readonly command: ConversationCommand;
  /** Told when it went well. */
  readonly done: string;
  /** What takes it back, if anything does. */
  readonly back?: ConversationCommand;
}

/** An open conversation, and what the agent is to it. */
export interface QuickView {
  readonly status: OpenedConversation['status'];
  readonly role: SlotKind | null;
}

/** What an action can use. */
export interface ActionContext {
  readonly workspace: WorkspaceStore;
  readonly panel: SidePanel;
  readonly sections: SidebarSections;
  /** Goes to a page of the workspace. */
  go(path: string): void;
  /** Leaves the workspace. */
  leave(): void;
  /** Whether something can be taken back. */
  readonly canUndo: boolean;
  undo(): void;
  /** What could be taken back is done for good. */
  settle(): void;
  /** Tells what is in sight to those who can't see it. */
  say(told: string): void;
  /** Asks for a command on the open conversation. @param done told when it went well, with the visitor's name */
  askOpened(command: ConversationCommand, done: (name: string) => string): void;
  /** Sends what is written in the open conversation, then ends it. @param ask the action that asks what is missing */
  sendAndEnd(ask: Action): void;
  /** Asks the server, and tells how it went. */
  request(path: string, init: RequestInit, done: string | null): Promise<boolean>;
}
