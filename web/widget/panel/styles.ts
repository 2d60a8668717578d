// Takes the place of Svelte's own module for the styles of components. That one makes <style> elements, which a page's
// content security policy may forbid; a constructed sheet may always be adopted.

let root: ShadowRoot | null = null;
const adopted = new Set<string>();

/** Where all styles go: everything that the panel shows is in it. */
export function adoptInto(panelRoot: ShadowRoot): void {
  root = panelRoot;
}

/** By the name that Svelte's compiler calls. */
export function append_styles(_anchor: Node, { hash, code }: { hash: string; code: string }): void {
  if (!root || adopted.has(hash)) return;
  adopted.add(hash);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(code);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
