// What a thread needs of a log that people talk in: a conversation and a direct chat both have it.

import type { ConversationStore } from '#web/lib/live/conversation-store.svelte.ts';
import type { LogId } from '#web/lib/live/outbox.ts';

type Used =
  | 'events'
  | 'pending'
  | 'readUpTo'
  | 'unread'
  | 'typist'
  | 'hasEarlier'
  | 'loadEarlier'
  | 'pageBefore'
  | 'join'
  | 'markSeen'
  | 'retry'
  | 'discard';

export interface TalkLog extends Pick<ConversationStore, Used> {
  readonly id: LogId;
}
