// Whether the panel stays open on the tab's next page. It is stored only while the tab is between two pages: a tab
// that is opened from this one would get a copy of all that is stored.

import { host } from './host.ts';

const KEY = 'parley-open';

export function keepOpen(isOpen: boolean): void {
  try {
    if (isOpen) host.sessionStorage.setItem(KEY, 'true');
    else host.sessionStorage.removeItem(KEY);
  } catch {
    // Without storage it is closed on the next page.
  }
}

export function takeKeptOpen(): boolean {
  try {
    const isOpen = host.sessionStorage.getItem(KEY) !== null;
    host.sessionStorage.removeItem(KEY);
    return isOpen;
  } catch {
    return false;
  }
}
