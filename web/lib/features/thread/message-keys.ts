// The keys of a message that has the focus.

import type { MessageRow } from '#web/lib/thread/rows.ts';
import type { MessageActions } from './message-actions.svelte.ts';
import { focusComposer, moveFocus } from './message-focus.ts';

type Actions = Pick<
  MessageActions,
  'canAmend' | 'isHere' | 'reply' | 'edit' | 'askToDelete' | 'show'
>;

/** A press that is for the message goes no further. */
export function pressedOn(event: KeyboardEvent, row: MessageRow, actions: Actions): void {
  const { target, currentTarget, ctrlKey, metaKey, altKey } = event;
  // What is in it has keys of its own.
  if (target !== currentTarget || !(target instanceof HTMLElement)) return;
  if (ctrlKey || metaKey || altKey || event.defaultPrevented) return;
  if (!moveFocus(target, event.key) && !does(event.key, row, actions)) return;
  event.preventDefault();
  event.stopPropagation();
}

function does(key: string, row: MessageRow, actions: Actions): boolean {
  switch (key) {
    case 'Escape':
      focusComposer();
      return true;
    case 'r':
      actions.reply(row);
      return true;
    case 'Enter':
      if (row.replyTo && actions.isHere(row)) void actions.show(row.replyTo.seq);
      return true;
    case 'e':
      if (actions.canAmend(row)) actions.edit(row);
      return true;
    case 'Delete':
    case 'Backspace':
      if (actions.canAmend(row)) actions.askToDelete(row.seq);
      return true;
    default:
      return false;
  }
}
