// The panels that can stand beside a conversation, one at a time. A new panel is an entry here, and its content a
// line of contents.ts.

import History from '@lucide/svelte/icons/history';
import Info from '@lucide/svelte/icons/info';
import MessageSquareText from '@lucide/svelte/icons/message-square-text';
import TextSearch from '@lucide/svelte/icons/text-search';
import UserRound from '@lucide/svelte/icons/user-round';
import type { Component } from 'svelte';
import { m } from '#messages/compiled/messages.js';

export interface Panel {
  readonly label: () => string;
  readonly icon: Component<{ size?: number }>;
  /** Of the action that shows and hides it. */
  readonly keys: readonly string[];
}

export const PANELS = {
  details: { label: m.panel_details, icon: Info, keys: ['i'] },
  contact: { label: m.panel_contact, icon: UserRound, keys: ['c'] },
  history: { label: m.panel_history, icon: History, keys: ['y'] },
  search: { label: m.panel_search, icon: TextSearch, keys: ['mod+f'] },
  canned: { label: m.panel_canned, icon: MessageSquareText, keys: ['!'] },
} as const satisfies Record<string, Panel>;
export type PanelId = keyof typeof PANELS;

export const isPanelId = (id: string): id is PanelId => id in PANELS;
