// Finds the addresses in a text. The result is rendered as text and anchors, never as HTML. Linear in the text: each
// pattern is bounded, and can begin only where no other beginning was tried.

export interface Piece {
  text: string;
  href: string | null;
  /** Where the link leads, when its text does not show that. */
  host: string | null;
}

type Target = Pick<Piece, 'host'> & { href: string };

/** No browser's address bar takes longer ones well. */
const ADDRESS_CHARACTERS = 2_000;

// Sentences in Chinese and Japanese have no blanks: their punctuation ends an address.
const URL_PATTERN = String.raw`\b(?:https?:\/\/|mailto:|www\.)[^\s<>"“”«»、。，．！？；：…]{1,${ADDRESS_CHARACTERS}}`;
const EMAIL_PATTERN = String.raw`(?<![\w.+-])[\w.+-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,63}`;
const ADDRESS = new RegExp(`${URL_PATTERN}|${EMAIL_PATTERN}`, 'gi');

/** What a sentence may end with, in any script; an address does not end with what cannot be seen, either. */
const AFTER_ADDRESS = /(?![/\\#%&@])[\p{Po}\p{Pi}\p{Pf}\p{Cc}\p{Cf}_]/u;
/** Each that closes, with what opens it. */
const BRACKETS = new Map(
  '()[]{}（）「」『』【】《》〈〉〔〕［］｛｝'
    .match(/../g)
    ?.map(([open = '', close = '']) => [close, open] as const),
);
const SAFE_PROTOCOLS = ['http:', 'https:', 'mailto:'];
/** Where a reader looks for the host, be it of a page or of a mailbox. */
const HOST = /^(?:https?:\/\/|mailto:[^?]*@)([^/?#\\:,]*)/i;
/** Turns the text around, or hides in it. */
const DISGUISE = /[\p{Cc}\p{Cf}]/u;

export function linkify(text: string): Piece[] {
  const pieces: Piece[] = [];
  const plain = (from: string) => pieces.push({ text: from, href: null, host: null });
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = withoutTrailing(match[0]);
    const target = targetOf(address);
    if (!target) continue;
    if (match.index > end) plain(text.slice(end, match.index));
    pieces.push({ text: address, ...target });
    end = match.index + address.length;
  }
  if (end < text.length) plain(text.slice(end));
  return pieces;
}

/** Where a link with a text of its own leads; null when it may not be followed. */
export function linkTo(address: string, said: string): Target | null {
  const target = /^(https?:\/\/|mailto:|www\.)/i.test(address) ? targetOf(address) : null;
  if (!target) return null;
  const leadsTo = target.host ?? shownHost(withProtocol(address));
  return { href: target.href, host: leadsTo === shownHost(withProtocol(said)) ? null : leadsTo };
}

/** A sentence's punctuation is not part of the address, nor is a bracket that it did not open. */
function withoutTrailing(address: string): string {
  let end = strayBracketIn(address);
  while (AFTER_ADDRESS.test(address.charAt(end - 1))) end--;
  return address.slice(0, end);
}

/** Where a bracket closes that was not opened; else the end. */
function strayBracketIn(address: string): number {
  const open = new Map<string, number>();
  for (let at = 0; at < address.length; at++) {
    const character = address.charAt(at);
    const opener = BRACKETS.get(character);
    const depth = open.get(opener ?? character) ?? 0;
    if (opener !== undefined && depth === 0) return at;
    open.set(opener ?? character, depth + (opener === undefined ? 1 : -1));
  }
  return address.length;
}

/** Null where a link would lead elsewhere than it seems, or nowhere. */
function targetOf(address: string): Target | null {
  const full = withProtocol(address);
  if (DISGUISE.test(full) || !URL.canParse(full)) return null;
  const { protocol, href, hostname, username, password } = new URL(full);
  if (!SAFE_PROTOCOLS.includes(protocol) || username !== '' || password !== '') return null;
  const shown = shownHost(full);
  const host = protocol === 'mailto:' ? mailHost(shown) : hostname;
  return { href, host: host === shown ? null : host };
}

const shownHost = (full: string): string => HOST.exec(full)?.[1]?.toLowerCase() ?? '';

/** As a browser would read it; a mailbox's is no part of a URL that is parsed. */
const mailHost = (shown: string): string =>
  URL.canParse(`https://${shown}`) ? new URL(`https://${shown}`).hostname : shown;

function withProtocol(address: string): string {
  if (/^(https?:\/\/|mailto:)/i.test(address)) return address;
  return address.includes('@') && !/^www\./i.test(address)
    ? `mailto:${address}`
    : `https://${address}`;
}
