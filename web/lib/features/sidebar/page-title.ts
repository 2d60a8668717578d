// The title of the browser's tab: what is unread, what is open, whose desk it is.

export function pageTitle(unread: number, open: string | null, desk: string): string {
  const words = [open, desk].filter(Boolean).join(' · ');
  return unread > 0 ? `(${unread}) ${words}` : words;
}
