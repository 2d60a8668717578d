// The conversation above or below in the sidebar.

import type { ActionContext } from '../action.ts';

/** Past an end it stays there; from nowhere it enters at the near end. Null in an empty list. */
export function neighbour<T>(list: readonly T[], current: T | null, step: 1 | -1): T | null {
  const at = current === null ? -1 : list.indexOf(current);
  if (at === -1) return (step === 1 ? list[0] : list.at(-1)) ?? null;
  return list[Math.min(Math.max(at + step, 0), list.length - 1)] ?? null;
}

/** The next of those that are wanted, going round the list. Null when there is none but the current one. */
export function nextOf<T>(list: readonly T[], current: T | null, wanted: (one: T) => boolean) {
  const at = current === null ? -1 : list.indexOf(current);
  return [...list.slice(at + 1), ...list.slice(0, Math.max(at, 0))].find(wanted) ?? null;
}

export function goToNeighbour(context: ActionContext, step: 1 | -1): void {
  const opened = context.workspace.opened?.id ?? null;
  const id = neighbour(context.sections.ids, opened, step);
  if (id && id !== opened) context.go(`/inbox/${id}`);
}
