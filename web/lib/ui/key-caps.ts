// What is printed on the keys of a shortcut such as `mod+k`.

const CAPS: Record<string, string> = {
  arrowdown: '↓',
  arrowup: '↑',
  enter: '↵',
  escape: 'Esc',
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
