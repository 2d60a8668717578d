// What is used of a node of HTML, and what it says of how its text looks.

export interface HtmlNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly nodeValue: string | null;
  readonly childNodes: Iterable<HtmlNode>;
  /** Of elements. */
  readonly getAttribute?: (name: string) => string | null;
}

export const TEXT = 3;
export const ELEMENT = 1;

/** How the text in an element looks. */
export interface Look {
  readonly bold: boolean;
  readonly italic: boolean;
  readonly strike: boolean;
  readonly code: boolean;
  readonly href: string | null;
}

export const PLAIN: Look = { bold: false, italic: false, strike: false, code: false, href: null };

const BY_TAG: Readonly<Record<string, Partial<Look>>> = {
  ...{ b: { bold: true }, strong: { bold: true } },
  ...{ h1: { bold: true }, h2: { bold: true }, h3: { bold: true } },
  ...{ h4: { bold: true }, h5: { bold: true }, h6: { bold: true } },
  ...{ i: { italic: true }, em: { italic: true } },
  ...{ s: { strike: true }, strike: { strike: true }, del: { strike: true } },
  ...{ code: { code: true }, tt: { code: true }, kbd: { code: true }, samp: { code: true } },
};

const STYLE_CHARACTERS = 4_000;

/** Its style, in small letters. */
export function styleOf(node: HtmlNode): string {
  const style = node.getAttribute?.('style') ?? '';
  return style.length > STYLE_CHARACTERS ? '' : style.toLowerCase();
}

/** @param around how the text around it looks */
export function lookOf(tag: string, node: HtmlNode, style: string, around: Look): Look {
  const href = tag === 'a' ? (node.getAttribute?.('href') ?? around.href) : around.href;
  const look = { ...around, ...BY_TAG[tag], href };
  if (style === '') return look;
  const weight = /.*font-weight:\s*(bold|normal|\d{3})/s.exec(style)?.[1];
  const slant = /.*font-style:\s*(italic|oblique|normal)/s.exec(style)?.[1];
  const isBold = weight === 'bold' || Number(weight) >= 600;
  return {
    ...look,
    bold: weight === undefined ? look.bold : isBold,
    italic: slant === undefined ? look.italic : slant !== 'normal',
    strike: look.strike || /text-decoration(?:-line)?:[^;]{0,40}line-through/.test(style),
  };
}

/** What nobody sees of a page. */
const UNSEEN = new Set([
  ...['head', 'script', 'style', 'template', 'noscript', 'title', 'textarea', 'select'],
  ...['object', 'iframe', 'svg', 'math', 'audio', 'video', 'canvas'],
]);

export const isUnseen = (tag: string, node: HtmlNode, style: string): boolean =>
  UNSEEN.has(tag) ||
  /display:\s*none|mso-hide:\s*all/.test(style) ||
  (node.getAttribute?.('hidden') ?? null) !== null;

const BLOCKS = new Set([
  ...[
    'address',
    'article',
    'aside',
    'blockquote',
    'body',
    'dd',
    'div',
    'dl',
    'dt',
    'figure',
    'footer',
  ],
  ...[
    'form',
    'h1',
    'h2',
    'h3',
    'h4',
    'h5',
    'h6',
    'header',
    'hr',
    'li',
    'main',
    'nav',
    'ol',
    'p',
    'pre',
  ],
  ...['section', 'table', 'tr', 'ul'],
]);

export const isBlock = (tag: string): boolean => BLOCKS.has(tag);
