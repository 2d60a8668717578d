// Holds what a reader looks at where it is, over the next change of the list.

import { tick } from 'svelte';

export function keepPlace(scroller: HTMLElement): void {
  const frame = scroller.getBoundingClientRect();
  const anchor = document
    .elementFromPoint(frame.left + frame.width / 2, frame.top + frame.height / 2)
    ?.closest('li');
  if (!anchor || !scroller.contains(anchor)) return;
  const before = anchor.getBoundingClientRect().top;
  void tick().then(() => {
    // Nothing is left to do where the browser has anchored the scroll itself.
    if (anchor.isConnected) scroller.scrollTop += anchor.getBoundingClientRect().top - before;
  });
}
