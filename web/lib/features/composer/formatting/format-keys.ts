// The keys that format what is being written. None of them is a shortcut of the workspace.

import type { InlineMark } from './inline-marks.ts';
import type { LineMark } from './line-marks.ts';

export type FormatId = InlineMark | LineMark | 'link';

/** A list of numbers has no 7: where a slash is written with Shift and 7, that is the search. */
export const FORMAT_KEYS: Readonly<Record<FormatId, string>> = {
  bold: 'mod+b',
  italic: 'mod+i',
  strike: 'mod+shift+x',
  code: 'mod+e',
  link: 'mod+shift+k',
  numbers: 'mod+shift+6',
  bullets: 'mod+shift+8',
  quote: 'mod+shift+9',
};

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/**
 * Which format a press asks for; null: none.
 * @param isMac there Ctrl moves the cursor, and only ⌘ is meant
 */
export function formatFor(press: Press, isMac: boolean): FormatId | null {
  const isMeant = isMac ? press.metaKey && !press.ctrlKey : press.ctrlKey && !press.metaKey;
  if (!isMeant || press.altKey) return null;
  const pressed = keysOf(press);
  const found = Object.entries(FORMAT_KEYS).find(([, keys]) => keys === pressed);
  return found ? (found[0] as FormatId) : null; // The keys of the record.
}

/** Digits by where they are: with Shift they write something else, on each keyboard. */
function keysOf({ key, code, shiftKey }: Press): string {
  const name = /^Digit(\d)$/.exec(code)?.[1] ?? key.toLowerCase();
  return `mod+${shiftKey ? 'shift+' : ''}${name}`;
}
