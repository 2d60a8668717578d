// Takes the place of Svelte's own module for the styles of components. That one makes <style> elements, which a page's
// content security policy may forbid; a sheet that the page constructs may always be adopted.

import { host } from './host.ts';

let root: ShadowRoot | null = null;
const adopted = new Set<string>();

/** Where all styles go: everything that the panel shows is in it. */
export function adoptInto(panelRoot: ShadowRoot): void {
  root = panelRoot;
  // Of a panel before this one only the launcher's is left.
  root.adoptedStyleSheets = root.adoptedStyleSheets.slice(0, 1);
}

/** By the name that Svelte's compiler calls. */
export function append_styles(_anchor: Node, { hash, code }: { hash: string; code: string }): void {
  if (!root || adopted.has(hash)) return;
  adopted.add(hash);
  const sheet = new host.CSSStyleSheet();
  sheet.replaceSync(code);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
