// Writes into a text field as if it had been typed: what listens to the field hears of it.

/** In place of what is between `from` and `to`; the cursor is behind it then. */
export function insertText(
  field: HTMLTextAreaElement,
  text: string,
  from: number,
  to: number,
): void {
  field.focus();
  field.setRangeText(text, from, to, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}
