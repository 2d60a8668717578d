// What is printed on the keys of a shortcut such as `mod+k`.

const CAPS: Record<string, string> = {
  arrowdown: '↓',
  arrowup: '↑',
  enter: '↵',
  escape: 'Esc',
  plus: '+',
  shift: '⇧',
};

/** @param control what the language prints on that key */
export function keyCaps(keys: string, isMac: boolean, control: string): string[] {
  return keys.split('+').map((key) => {
    if (key === 'mod') return isMac ? '⌘' : control;
    if (key === 'alt') return isMac ? '⌥' : 'Alt';
    return CAPS[key] ?? key.toUpperCase();
  });
}

/** Only in a browser. */
export const isMacKeyboard = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform);

/** In a sentence. Only in a browser. */
export const keysText = (keys: string, control: string): string =>
  keyCaps(keys, isMacKeyboard(), control).join(' + ');
