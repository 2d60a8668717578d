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

/** Keys as they are written, where that is not what the browser calls them. */
const WRITTEN: Readonly<Record<string, string>> = { '+': 'plus', ' ': 'space' };
/** Signs and digits are written with Shift on some keyboards and without it on others. */
const HAS_SHIFT = /\p{L}$/u;
const MODIFIERS = ['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'Fn'];
/** What a browser says of a key that writes nothing by itself, or that it can't tell. */
const UNTOLD = ['Dead', 'Process', 'Unidentified'];

const nameOf = (key: string): string => WRITTEN[key] ?? key.toLowerCase();

/** Whether the press is `keys`, such as `mod+k`, `alt+arrowdown` or `?`. Mod is Ctrl, or ⌘. */
export function isPress(
  keys: string,
  { key, ctrlKey, metaKey, altKey, shiftKey }: KeyPress,
): boolean {
  const parts = keys.split('+');
  return (
    parts.at(-1) === nameOf(key) &&
    (!HAS_SHIFT.test(keys) || keys === 'plus' || parts.includes('shift') === shiftKey) &&
    parts.includes('mod') === (ctrlKey || metaKey) &&
    parts.includes('alt') === altKey
  );
}

/** The keys that the press is; null while only modifiers are down, or where the key can't be told. */
export function keysPressed({
  key,
  code = '',
  ctrlKey,
  metaKey,
  altKey,
  shiftKey,
}: KeyPress & { readonly code?: string }): string | null {
  if (MODIFIERS.includes(key) || UNTOLD.includes(key)) return null;
  // What Shift makes of a digit depends on the keyboard, and browsers go by the digit.
  const digit = ctrlKey || metaKey ? /^Digit(\d)$/.exec(code)?.[1] : undefined;
  const name = digit ?? nameOf(key);
  const isShifted = shiftKey && (digit !== undefined || (HAS_SHIFT.test(name) && name !== 'plus'));
  const modifiers = [
    ...(ctrlKey || metaKey ? ['mod'] : []),
    ...(altKey ? ['alt'] : []),
    ...(isShifted ? ['shift'] : []),
  ];
  return [...modifiers, name].join('+');
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
export const isSingleKey = (keys: string): boolean => !/^(mod|alt)\+/.test(keys);
