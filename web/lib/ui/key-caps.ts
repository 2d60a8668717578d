// What is printed on the keys of a shortcut such as `mod+k`.

const CAPS: Record<string, string> = {
  arrowdown: '↓',
  arrowup: '↑',
  enter: '↵',
  escape: 'Esc',
  shift: '⇧',
};

export function keyCaps(keys: string, isMac: boolean): string[] {
  return keys.split('+').map((key) => {
    if (key === 'mod') return isMac ? '⌘' : 'Ctrl';
    if (key === 'alt') return isMac ? '⌥' : 'Alt';
    return CAPS[key] ?? key.toUpperCase();
  });
}
