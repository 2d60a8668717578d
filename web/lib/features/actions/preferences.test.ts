import { expect, test } from 'vitest';
import { storageInMemory } from '#web/lib/live/testing/environment.ts';
import { Preferences } from './preferences.svelte.ts';

const KEY = 'parley-preferences';

/** Tabs of one browser. */
function browser(stored?: string) {
  const storage = storageInMemory();
  if (stored !== undefined) storage.setItem(KEY, stored);
  const hearing: ((key: string, text: string | null) => void)[] = [];
  return {
    storage,
    tab: () => {
      const preferences = new Preferences({
        textStorage: () => storage,
        onTextStored: (hear) => hearing.push(hear),
      });
      preferences.restore();
      return preferences;
    },
    tellTabs: () => hearing.forEach((hear) => hear(KEY, storage.getItem(KEY))),
  };
}

test('a choice is there after a reload', () => {
  const { tab } = browser();
  tab().set('sound', false);
  expect([tab().is('sound'), tab().is('singleKeys')]).toEqual([false, true]);
});

test('a choice in one tab does not take back what another tab has chosen', () => {
  const { tab } = browser();
  const [one, other] = [tab(), tab()];
  one.set('sound', false);
  other.set('singleKeys', false);
  expect([tab().is('sound'), tab().is('singleKeys')]).toEqual([false, false]);
});

test('other tabs follow', () => {
  const { tab, tellTabs } = browser();
  const [one, other] = [tab(), tab()];
  one.set('sound', false);
  tellTabs();
  expect(other.is('sound')).toBe(false);
});

test.each(['', '{', 'null', '7', '[]', '{"sound":"no","__proto__":{"singleKeys":false}}'])(
  'what is stored as %j chooses nothing',
  (stored) => {
    const preferences = browser(stored).tab();
    expect([preferences.is('sound'), preferences.is('singleKeys')]).toEqual([true, true]);
  },
);

test('without a storage a choice holds while the page is open', () => {
  const preferences = new Preferences({
    textStorage() {
      throw new Error('denied');
    },
    onTextStored() {},
  });
  preferences.restore();
  preferences.set('sound', false);
  expect(preferences.is('sound')).toBe(false);
});
