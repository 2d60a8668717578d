// Which shortcut a key press is.

export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** Whether the press is `keys`, such as `mod+k`, `alt+arrowdown` or `?`. Mod is Ctrl, or ⌘. */
export function isPress(keys: string, { key, ctrlKey, metaKey, altKey }: KeyPress): boolean {
  const parts = keys.split('+');
  return (
    parts.at(-1) === key.toLowerCase() &&
    parts.includes('mod') === (ctrlKey || metaKey) &&
    parts.includes('alt') === altKey
  );
}

/** What takes key presses for itself: a text, an open menu, a dialog. */
const TAKES_KEYS = 'input, textarea, select, [contenteditable], [role="menu"], [role="dialog"]';

/** Whether a press belongs to whatever has the focus. One with Ctrl or ⌘ never does. */
export function isTaken(
  press: KeyPress,
  focused: { closest: (selector: string) => unknown } | null,
): boolean {
  return !press.ctrlKey && !press.metaKey && Boolean(focused?.closest(TAKES_KEYS));
}

/** What a press works, if it has the focus. */
const WORKED_BY_KEYS = 'button, a, summary, [role="button"], [role="option"], [tabindex="0"]';

/** Whether a press writes a character, for a field that is there to write in. */
export function isWriting(
  { key, ctrlKey, metaKey, altKey }: KeyPress,
  focused: { closest: (selector: string) => unknown } | null,
): boolean {
  if (ctrlKey || metaKey || altKey || [...key].length !== 1) return false;
  return key !== ' ' || !focused?.closest(WORKED_BY_KEYS);
}

/** Whether a shortcut is a single character, which some people switch off. */
export const isSingleKey = (keys: string): boolean => !keys.includes('+');
