// Two menus of one field: the first one, while it has something to suggest.

import type { FieldMenu } from './writing.svelte.ts';

export function eitherMenu(first: FieldMenu, second: FieldMenu | undefined): FieldMenu {
  const current = () => (first.suggestions.length > 0 || !second ? first : second);
  return {
    get suggestions() {
      return current().suggestions;
    },
    get active() {
      return current().active;
    },
    written(text) {
      first.written(text);
      second?.written(text);
    },
    press: (key) => current().press(key),
    submit: () => current().submit(),
  };
}
