// Keeps the widget's element in the page, whatever the page does to its body, and above everything else.

/** @param onChange called when something that stands in the page may have gone */
export function keepInPage(host: HTMLElement, onChange: () => void): void {
  // In the top layer neither the page's z-index nor a transform of its body matters.
  host.popover = 'manual';
  const observer = new MutationObserver(place);
  // What pages put on all that stands beside a dialog of theirs.
  observer.observe(host, { attributeFilter: ['inert'] });
  document.addEventListener('toggle', place, true);
  place();

  /** Pages swap their whole body, or compare it with another and take away what is not in that. */
  function place(): void {
    const { documentElement, body } = document;
    // The page's body is not there while it is being swapped.
    if (!body) return;
    // All that is outside of an open modal dialog can't be used.
    const home = [...document.querySelectorAll('dialog:modal')].at(-1) ?? body;
    if (host.parentNode !== home) {
      home.append(host);
      host.showPopover?.();
    }
    host.inert = false;
    for (const node of [document, documentElement, body])
      observer.observe(node, { childList: true, subtree: home !== body });
    onChange();
  }
}
