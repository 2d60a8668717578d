// What each dialog for several conversations is given.

import type { ListedConversation } from '#shared/conversation-lists/list.ts';
import type { ManyCommand } from '#shared/conversation-lists/many.ts';

export interface ManyDialog {
  readonly count: number;
  readonly isAsking: boolean;
  readonly onAsk: (commandFor: (one: ListedConversation) => ManyCommand) => void;
  readonly onCancel: () => void;
}
