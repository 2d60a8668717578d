// The title of the browser's tab: what is unread, what is open, and of which workspace.

export function pageTitle(unread: number, open: string | null, workspace: string): string {
  const words = [open, workspace].filter(Boolean).join(' · ');
  return unread > 0 ? `(${unread}) ${words}` : words;
}
