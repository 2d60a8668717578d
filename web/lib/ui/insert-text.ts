// Writes into a text field as if it had been typed: what listens to the field hears of it, and it can be taken back.

/** In place of what is between `from` and `to`; the cursor is behind it then. */
export function insertText(
  field: HTMLTextAreaElement,
  text: string,
  from: number,
  to: number,
): void {
  field.focus();
  field.setSelectionRange(from, to);
  if (text === '' && from === to) return;
  // The only way that leaves the browser's undo as it is.
  const command = text === '' ? 'delete' : 'insertText';
  if (field.ownerDocument.execCommand(command, false, text)) return;
  field.setRangeText(text, from, to, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}
