// Which addresses may be followed.

/** An address that may be followed, or null: a visitor's page says what it is, and could say anything. */
export function safeHref(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { protocol, href } = new URL(address);
  return protocol === 'http:' || protocol === 'https:' ? href : null;
}
