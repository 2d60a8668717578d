// Whether the agent has a row of the sidebar before their eyes.

import type { ConversationId } from '#shared/ids.ts';

/** Not in a folded section, in the rest of a long queue, scrolled away, or behind the conversation on a phone. */
export function isRowInSight(id: ConversationId): boolean {
  const row = document.querySelector(`nav li a[href="/inbox/${id}"]`);
  const list = row?.closest('.lists');
  if (!row || !list) return false;
  const [{ top, bottom }, box] = [row.getBoundingClientRect(), list.getBoundingClientRect()];
  const middle = (top + bottom) / 2;
  return bottom > top && middle > box.top && middle < box.bottom;
}
