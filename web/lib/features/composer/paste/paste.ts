// Pastes into a field what was formatted elsewhere, with its formatting. The keys that paste plainly bring no HTML.

import { insertText } from '#web/lib/ui/insert-text.ts';

export function pasteFormatted(event: ClipboardEvent): void {
  const { clipboardData: data, currentTarget: field } = event;
  const html = data?.getData('text/html') ?? '';
  if (html === '' || !(field instanceof HTMLTextAreaElement)) return;
  event.preventDefault();
  void insert(field, html, data?.getData('text/plain') ?? '');
}

async function insert(field: HTMLTextAreaElement, html: string, plain: string): Promise<void> {
  const text = (await markdownIn(html)) ?? plain;
  if (field.isConnected) insertText(field, text, field.selectionStart, field.selectionEnd);
}

/** Null also when what reads it can't be loaded. */
async function markdownIn(html: string): Promise<string | null> {
  try {
    const { pastedMarkdown } = await import('./pasted.ts');
    return pastedMarkdown(html);
  } catch {
    return null;
  }
}
