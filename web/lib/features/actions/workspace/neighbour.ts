// The conversation above or below in the sidebar.

import type { ActionContext } from '../action.ts';

/** Past an end it stays there; from nowhere it enters at the near end. Null in an empty list. */
export function neighbour<T>(list: readonly T[], current: T | null, step: 1 | -1): T | null {
  const at = current === null ? -1 : list.indexOf(current);
  if (at === -1) return (step === 1 ? list[0] : list.at(-1)) ?? null;
  return list[Math.min(Math.max(at + step, 0), list.length - 1)] ?? null;
}

export function goToNeighbour(context: ActionContext, step: 1 | -1): void {
  const { queue, inProgress, onHold, closed, opened } = context.workspace;
  const list = [
    ...queue.map(({ conversationId }) => conversationId),
    ...inProgress.map(({ id }) => id),
    ...onHold.map(({ id }) => id),
    ...closed.map(({ conversationId }) => conversationId),
  ];
  const id = neighbour(list, opened?.id ?? null, step);
  if (id && id !== opened?.id) context.go(`/inbox/${id}`);
}
