// The round button in the page's corner, in a shadow root where the page's styles can't reach it.

import css from './launcher.css?inline';

const SVG = 'http://www.w3.org/2000/svg';
const BUBBLE =
  'M12 3.5c-5 0-9 3.4-9 7.8 0 2.4 1.2 4.5 3.1 5.9-.1 1.2-.6 2.3-1.4 3.2 1.7 0 3.3-.6 4.5-1.6.9.2 1.8.3 2.8.3 5 0 9-3.4 9-7.8s-4-7.8-9-7.8Z';

/** Not by innerHTML, which a page may forbid. */
function bubble(): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'bubble');
  svg.setAttribute('viewBox', '0 0 24 24');
  const shape = document.createElementNS(SVG, 'path');
  shape.setAttribute('d', BUBBLE);
  svg.append(shape);
  return svg;
}

export interface Launcher {
  host: HTMLElement;
  root: ShadowRoot;
  launcher: HTMLButtonElement;
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
  launcher.append(bubble());
  const notice = document.createElement('span');
  notice.className = 'notice';
  notice.role = 'status';
  root.append(launcher, notice);
  return { host, root, launcher, notice };
}

/** The side of the screen that was asked for, else where the page's lines end. */
function sideOf(position: string | undefined): string {
  if (position === 'left' || position === 'right') return position;
  return getComputedStyle(document.body).direction === 'rtl' ? 'left' : 'right';
}
