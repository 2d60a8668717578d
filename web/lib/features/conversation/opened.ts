// The conversation that is open, for everything that shows or changes it.

import { createContext } from 'svelte';
import type { OpenedConversation } from '#shared/conversation/state.ts';
import type { ConversationStore } from '#web/lib/live/conversation-store.svelte.ts';

export interface Opened {
  readonly conversation: ConversationStore;
  readonly state: OpenedConversation;
}

export const [getOpened, setOpened] = createContext<Opened>();
