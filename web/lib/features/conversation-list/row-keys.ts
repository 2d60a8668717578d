// The keys of a list: up and down go from row to row, the space bar chooses the one that has the focus.

/** For a table whose rows each have a link and a box to tick. */
export function moveInRows(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const { key, target, currentTarget } = event;
  const row = target instanceof Element ? target.closest('tbody tr') : null;
  if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
  const rows = [...currentTarget.querySelectorAll('tbody tr')];
  const step = { ArrowDown: 1, ArrowUp: -1 }[key];
  if (step !== undefined) {
    event.preventDefault();
    rows[rows.indexOf(row) + step]?.querySelector('a')?.focus();
  } else if (key === ' ' && target instanceof HTMLAnchorElement) {
    event.preventDefault();
    row.querySelector('input')?.click();
  }
}
