/** On the icon of an installed Parley: how much is unread. */
export function setBadge(count: number): void {
  // Not every browser has badges, whatever its types say.
  const { setAppBadge, clearAppBadge } = navigator as Partial<Navigator>;
  const done = count > 0 ? setAppBadge?.call(navigator, count) : clearAppBadge?.call(navigator);
  done?.catch(() => {}); // It adorns, and that is all.
}
