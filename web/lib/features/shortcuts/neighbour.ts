// The conversation above or below in the sidebar.

/** Past an end it stays there; from nowhere it enters at the near end. Null in an empty list. */
export function neighbour<T>(list: readonly T[], current: T | null, step: 1 | -1): T | null {
  const at = current === null ? -1 : list.indexOf(current);
  if (at === -1) return (step === 1 ? list[0] : list.at(-1)) ?? null;
  return list[Math.min(Math.max(at + step, 0), list.length - 1)] ?? null;
}
