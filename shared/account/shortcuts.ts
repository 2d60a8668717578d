// The keys that agents choose for their shortcuts, written as `mod+k`, `alt+arrowdown` or `?`. Mod is Ctrl, or ⌘.

import * as v from 'valibot';

const MOST_ACTIONS = 80;
const MOST_KEYS = 3;
const NAME = /^[a-z-]{1,40}$/i;
/** A sign or a small letter, or the name of a key that writes none. */
const KEYS = /^(mod\+)?(alt\+)?(shift\+)?([^\p{C}\p{Z}\p{Lu}+]|[a-z]{2,12}\d{0,2})$/u;

/** Who can't do without the keys. */
export type NeededBy = 'browser' | 'screen-reader' | 'page' | 'parley';

/** Of those that write nothing, the ones that nobody else needs. */
const FREE_NAMED = ['alt+arrowdown', 'alt+arrowup', 'mod+shift+enter', 'plus'];
/** To search on the page of contacts, to send, to confirm, to format what is written, and to pick emoji. */
const PARLEY = [
  ...['/', 'enter', 'shift+enter', 'mod+enter', 'mod+b', 'mod+i', 'mod+e', 'mod+shift+x'],
  ...['mod+shift+k', 'mod+shift+6', 'mod+shift+8', 'mod+shift+9', 'mod+shift+e'],
];
/** To edit a text, and for tabs, windows, addresses, bookmarks, printing, zoom and the like. */
const BROWSER_WITH_MOD = new Set('acvxyznwtqrldpshgjmu,0123456789-=');
const BROWSER_WITH_MOD_SHIFT = new Set('abcdeghijmnopqrstvwyz,0123456789-=_');

/** Why an agent can't have these keys for a shortcut; null: they can. */
export function neededBy(keys: string): NeededBy | null {
  const parts = keys.split('+');
  const key = parts.at(-1) ?? '';
  const [mod, alt, shift] = ['mod', 'alt', 'shift'].map((one) => parts.includes(one));
  if (mod && alt) return 'screen-reader';
  if (PARLEY.includes(keys)) return 'parley';
  if (FREE_NAMED.includes(keys)) return null;
  if ([...key].length > 1) return mod || alt || /^f\d/.test(key) ? 'browser' : 'page';
  // It opens the browser's menus, and writes another sign on a Mac.
  if (alt) return 'browser';
  const needed = shift ? BROWSER_WITH_MOD_SHIFT : BROWSER_WITH_MOD;
  return mod && needed.has(key) ? 'browser' : null;
}

const keysSchema = v.pipe(
  v.string(),
  v.regex(KEYS, 'keys such as mod+k'),
  v.check((keys) => neededBy(keys) === null, 'keys that nobody else needs'),
);

/**
 * `PUT /api/me/shortcuts`, and a part of `GET /api/workspace`: of each action whose keys are not as they come, all of
 * its keys. An action that a later version no longer has is as if it were not named.
 */
export const shortcutsBody = v.pipe(
  v.record(
    v.pipe(v.string(), v.regex(NAME, 'the name of an action')),
    v.pipe(v.array(keysSchema), v.minLength(1), v.maxLength(MOST_KEYS), v.readonly()),
  ),
  v.maxEntries(MOST_ACTIONS),
  v.check((chosen) => {
    const all = Object.values(chosen).flat();
    return new Set(all).size === all.length;
  }, 'no keys twice'),
  v.readonly(),
);
export type ChosenShortcuts = v.InferOutput<typeof shortcutsBody>;
