// Marks a found message in its thread: the row itself, and what was looked for in its text. The rows' own components
// know nothing of it, so that a search renders none of them again.

const NAME = 'found';

/** Unmarks what was marked before. @param texts what is marked wherever it stands in the row */
export function markRow(row: Element | undefined, texts: readonly string[]): void {
  for (const marked of document.querySelectorAll('[data-found]'))
    marked.removeAttribute('data-found');
  // A browser without highlights shows which message it is.
  const highlights = (CSS as Partial<typeof CSS>).highlights;
  highlights?.delete(NAME);
  if (!row) return;
  row.setAttribute('data-found', '');
  const ranges = textNodesIn(row).flatMap((node) => texts.flatMap((text) => rangesOf(node, text)));
  if (highlights && ranges.length > 0) highlights.set(NAME, new Highlight(...ranges));
}

function textNodesIn(row: Element): Text[] {
  const nodes: Text[] = [];
  for (const root of row.querySelectorAll('.text')) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    // It shows nothing but texts.
    while (walker.nextNode()) nodes.push(walker.currentNode as Text);
  }
  return nodes;
}

function rangesOf(node: Text, text: string): Range[] {
  const ranges: Range[] = [];
  for (
    let at = node.data.indexOf(text);
    at !== -1;
    at = node.data.indexOf(text, at + text.length)
  ) {
    const range = new Range();
    range.setStart(node, at);
    range.setEnd(node, at + text.length);
    ranges.push(range);
  }
  return ranges;
}
