// The round button in the page's corner, in a shadow root where the page's styles can't reach it.

import css from './launcher.css?inline';

const BUBBLE =
  '<path d="M12 3.5c-5 0-9 3.4-9 7.8 0 2.4 1.2 4.5 3.1 5.9-.1 1.2-.6 2.3-1.4 3.2 1.7 0 3.3-.6 4.5-1.6.9.2 1.8.3 2.8.3 5 0 9-3.4 9-7.8s-4-7.8-9-7.8Z"/>';
const CHEVRON = '<path d="m6 9.5 6 6 6-6"/>';

const icon = (name: string, path: string) =>
  `<svg class="${name}" viewBox="0 0 24 24" aria-hidden="true">${path}</svg>`;

export interface Launcher {
  root: ShadowRoot;
  launcher: HTMLButtonElement;
  badge: HTMLElement;
  /** Stands beside the button when the panel can't be had. */
  notice: HTMLElement;
}

export function drawLauncher(
  label: string,
  locale: string,
  position: string | undefined,
): Launcher {
  const host = document.createElement('parley-widget');
  host.lang = locale;
  host.dataset.side = sideOf(position);
  const root = host.attachShadow({ mode: 'open' });
  // Not a <style>: a page's content security policy may forbid inline ones.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];

  const launcher = document.createElement('button');
  launcher.className = 'launcher';
  launcher.type = 'button';
  launcher.ariaLabel = label;
  launcher.ariaExpanded = 'false';
  launcher.innerHTML = icon('bubble', BUBBLE) + icon('chevron', CHEVRON);
  const badge = document.createElement('span');
  badge.className = 'badge';
  badge.hidden = true;
  launcher.append(badge);
  const notice = document.createElement('span');
  notice.className = 'notice';
  notice.role = 'status';
  root.append(launcher, notice);
  document.body.append(host);
  return { root, launcher, badge, notice };
}

/** The side of the screen that was asked for, else where the page's lines end. */
function sideOf(position: string | undefined): string {
  if (position === 'left' || position === 'right') return position;
  return getComputedStyle(document.body).direction === 'rtl' ? 'left' : 'right';
}
