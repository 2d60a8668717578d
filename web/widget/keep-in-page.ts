// Keeps the widget's element in the page, whatever the page does to its body, and above everything else.

/** @param onChange called when something that stands in the page may have gone */
export function keepInPage(host: HTMLElement, onChange: () => void): void {
  // In the top layer neither the page's z-index nor a transform of its body matters.
  host.popover = 'manual';
  const observer = new MutationObserver(place);
  place();

  /** Pages swap their whole body, or compare it with another and take away what is not in that. */
  function place(): void {
    const { documentElement, body } = document;
    // The page's body is not there while it is being swapped.
    if (!body) return;
    if (!host.isConnected) {
      body.append(host);
      host.showPopover?.();
    }
    for (const node of [document, documentElement, body])
      observer.observe(node, { childList: true });
    onChange();
  }
}
