// The keys of a composer that are for messages of its thread.

import type { MessageActions } from './message-actions.svelte.ts';

/** True when the press was for a message. @param text what is written */
export function pressedIn(
  key: string,
  text: string,
  actions: Pick<MessageActions, 'dropQuote' | 'editLast'>,
): boolean {
  if (key === 'Escape') return actions.dropQuote();
  return key === 'ArrowUp' && text === '' && actions.editLast();
}
