// The page around the panel: whether it is seen, online, and how much a phone's keyboard leaves of it.

import { host } from './host.ts';

const PHONE = '(max-width: 480px)';

const { document, navigator } = host;

let isVisible = $state(document.visibilityState === 'visible');
let isOnLine = $state(navigator.onLine);

document.addEventListener('visibilitychange', () => {
  isVisible = document.visibilityState === 'visible';
});
for (const event of ['online', 'offline']) {
  host.addEventListener(event, () => (isOnLine = navigator.onLine));
}

export const isPageVisible = (): boolean => isVisible;
export const isOnline = (): boolean => isOnLine;

export const isPhone = (): boolean => host.matchMedia(PHONE).matches;

/**
 * For `{@attach}`: on a phone the panel fills what is visible above the keyboard, which only the visual
 * viewport knows, and the page behind it does not scroll along.
 */
export function fillPhone(node: HTMLElement): () => void {
  const { style } = document.documentElement;
  const overflow = style.overflow;
  if (isPhone()) style.overflow = 'hidden';

  const heard = new AbortController();
  const viewport = host.visualViewport;
  const fit = () => {
    if (!viewport) return;
    node.style.setProperty('--visible-height', `${viewport.height}px`);
    node.style.setProperty('--visible-top', `${viewport.offsetTop}px`);
  };
  for (const event of ['resize', 'scroll']) {
    viewport?.addEventListener(event, fit, { signal: heard.signal });
  }
  fit();
  return () => {
    heard.abort();
    style.overflow = overflow;
  };
}

/** On a phone the panel is all there is, so Tab goes round within it. */
export function keepFocus(event: KeyboardEvent, panel: HTMLElement): void {
  if (event.key !== 'Tab' || !isPhone()) return;
  const stops = [
    ...panel.querySelectorAll<HTMLElement>(
      'button:enabled, input, textarea, a[href], [tabindex="0"]',
    ),
  ];
  const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
  if (event.target !== from) return;
  event.preventDefault();
  to?.focus();
}
