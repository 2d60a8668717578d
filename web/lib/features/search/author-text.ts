// Who said what was found.

import type { Author } from '#shared/identity.ts';
import { m } from '#messages/compiled/messages.js';

export function authorText(
  { by, isNote }: { readonly by: Author; readonly isNote: boolean },
  visitorName: string,
  myId: string,
): string {
  const name = nameOf(by, visitorName, myId);
  return isNote ? m.search_note({ name }) : name;
}

function nameOf(by: Author, visitorName: string, myId: string): string {
  if (by.kind === 'visitor') return visitorName;
  if (by.kind === 'system') return m.search_parley();
  return by.kind === 'agent' && by.id === myId ? m.thread_you() : by.name;
}
