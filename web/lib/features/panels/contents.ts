// What is inside each panel. What the first view of a conversation does not need loads when its panel is shown.

import type { Component } from 'svelte';
import Details from '../details/Details.svelte';
import type { PanelId } from './panels.ts';

export type PanelContent =
  { readonly atOnce: Component } | { readonly later: () => Promise<{ default: Component }> };

export const CONTENTS: Readonly<Record<PanelId, PanelContent>> = {
  details: { atOnce: Details },
  contact: { later: () => import('../contact/ContactInformation.svelte') },
  history: { later: () => import('../history/ChatHistory.svelte') },
  search: { later: () => import('../search/ConversationSearch.svelte') },
  canned: { later: () => import('../canned/CannedPanel.svelte') },
};
