// Finds the addresses in a text. The result is rendered as text and anchors, never as HTML.

export interface Piece {
  text: string;
  href: string | null;
}

const ADDRESS =
  /\b(?:https?:\/\/|mailto:|www\.)[^\s<>"“”«»]+|[\w.+-]+@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]+)*\.[a-z]{2,}/gi;
const SAFE_PROTOCOLS = ['http:', 'https:', 'mailto:'];

export function linkify(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = withoutTrailing(match[0]);
    const href = hrefOf(address);
    if (!href) continue;
    if (match.index > end) pieces.push({ text: text.slice(end, match.index), href: null });
    pieces.push({ text: address, href });
    end = match.index + address.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), href: null });
  return pieces;
}

/** A sentence's punctuation is not part of the address, nor is a bracket that it did not open. */
function withoutTrailing(address: string): string {
  const last = address.at(-1) ?? '';
  const isStray =
    /[.,;:!?'*_’…]/.test(last) ||
    (last === ')' && count(address, ')') > count(address, '(')) ||
    (last === ']' && count(address, ']') > count(address, '['));
  return isStray ? withoutTrailing(address.slice(0, -1)) : address;
}

const count = (text: string, character: string): number => text.split(character).length - 1;

function hrefOf(address: string): string | null {
  const full = /^(https?:\/\/|mailto:)/i.test(address)
    ? address
    : address.includes('@') && !/^www\./i.test(address)
      ? `mailto:${address}`
      : `https://${address}`;
  if (!URL.canParse(full)) return null;
  const { protocol, href } = new URL(full);
  return SAFE_PROTOCOLS.includes(protocol) ? href : null;
}
