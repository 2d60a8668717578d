// Which shortcut a key press is.

export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

interface Focused {
  closest: (selector: string) => unknown;
}

/** Whether the press is `keys`, such as `mod+k`, `alt+arrowdown` or `?`. Mod is Ctrl, or ⌘. */
export function isPress(
  keys: string,
  { key, ctrlKey, metaKey, altKey, shiftKey }: KeyPress,
): boolean {
  const parts = keys.split('+');
  // Signs are written with Shift on some keyboards and without it on others.
  const isNamed = /\w$/.test(keys);
  return (
    parts.at(-1) === key.toLowerCase() &&
    (!isNamed || parts.includes('shift') === shiftKey) &&
    parts.includes('mod') === (ctrlKey || metaKey) &&
    parts.includes('alt') === altKey
  );
}

/** What takes key presses for itself: a text, an open menu, a dialog. */
const TAKES_KEYS = 'input, textarea, select, [contenteditable], [role="menu"], [role="dialog"]';

/** Whether a press belongs to whatever has the focus. One with Ctrl or ⌘ never does. */
export function isTaken(press: KeyPress, focused: Focused | null): boolean {
  return !press.ctrlKey && !press.metaKey && Boolean(focused?.closest(TAKES_KEYS));
}

/** What a press works, if it has the focus. */
const WORKED_BY_KEYS = 'button, a, summary, [role="button"], [role="option"], [tabindex="0"]';

/** Whether a press writes a character, for a field that is there to write in. */
export function isWriting(
  { key, ctrlKey, metaKey, altKey }: KeyPress,
  focused: Focused | null,
): boolean {
  if (ctrlKey || metaKey || altKey || [...key].length !== 1) return false;
  return key !== ' ' || !focused?.closest(WORKED_BY_KEYS);
}

const TEXT_FIELDS = 'input, textarea, [contenteditable]';

export const isTextField = (focused: EventTarget | null): focused is Element =>
  focused instanceof Element && focused.closest(TEXT_FIELDS) !== null;

/** Whether the press works a button, a link or an option. */
export const isConfirming = ({ key }: KeyPress): boolean => key === 'Enter' || key === ' ';

/** Whether who pressed this in a text field has done with it: left it, or sent what is in it. */
export function endsWriting({ key, ctrlKey, metaKey }: KeyPress, focused: Focused): boolean {
  if (key === 'Escape' || key === 'Tab') return true;
  return key === 'Enter' && (ctrlKey || metaKey || !focused.closest('textarea'));
}

/** Whether a shortcut is a single character, which some people switch off. */
export const isSingleKey = (keys: string): boolean => !keys.includes('+');
