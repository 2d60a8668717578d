import { expect, test } from 'vitest';
import { neededBy } from '#shared/account/shortcuts.ts';
import { FORMAT_KEYS } from '../composer/formatting/format-keys.ts';
import { EMOJI_KEYS } from '../emoji/emoji-keys.ts';
import { ACTIONS } from './all.ts';
import { keysByAction, Shortcuts, type Slot } from './shortcuts.svelte.ts';
import { Rebinding } from './rebinding.svelte.ts';

function slotOf(id: string, at = 0): Slot {
  const action = ACTIONS.find((one) => one.id === id);
  if (!action) throw new Error(`there is no action ${id}`);
  return { action, at };
}
const [end, hold, next] = [slotOf('end'), slotOf('hold'), slotOf('next', 1)];

function agent({ isKept = true } = {}) {
  const shortcuts = new Shortcuts(ACTIONS, {});
  const kept: unknown[] = [];
  const rebinding = new Rebinding({
    shortcuts,
    async save(chosen) {
      kept.push(chosen);
      return isKept;
    },
  });
  return { shortcuts, rebinding, kept };
}

test('[WS65] every action comes with keys that nobody else needs', () => {
  for (const keys of ACTIONS.flatMap((action) => action.keys)) {
    expect([keys, neededBy(keys)]).toEqual([keys, null]);
  }
});

test('[WS65] the keys that format and put in emoji can be taken by no action', () => {
  for (const keys of [...Object.values(FORMAT_KEYS), EMOJI_KEYS]) {
    expect([keys, neededBy(keys)]).not.toEqual([keys, null]);
  }
});

test('[WS72] what is pressed becomes the key, and only what differs is kept', async () => {
  const { shortcuts, rebinding, kept } = agent();
  rebinding.ask(end);
  expect(await rebinding.press('shift+e')).toBe(true);
  expect(shortcuts.of(end.action)).toEqual(['shift+e']);
  expect(rebinding.asked).toBeNull();
  rebinding.ask(next);
  await rebinding.press('mod+.');
  expect(rebinding.clash?.holder.action.id).toBe('tags');
  rebinding.cancel();
  expect(await rebinding.reset(end)).toBe(true);
  expect(kept).toEqual([{ end: ['shift+e'] }, {}]);
});

test('[WS72] keys that another action has are swapped only if the agent wants that', async () => {
  const { shortcuts, rebinding, kept } = agent();
  rebinding.ask(end);
  expect(await rebinding.press('h')).toBe(false);
  expect(rebinding.clash).toMatchObject({ keys: 'h', holder: hold });
  rebinding.cancel();
  expect(kept).toEqual([]);
  rebinding.ask(end);
  await rebinding.press('h');
  expect(await rebinding.swap()).toBe(true);
  expect([shortcuts.of(end.action), shortcuts.of(hold.action)]).toEqual([['h'], ['e']]);
  expect(shortcuts.holder('e')).toEqual(hold);
  // What it came with belongs to the other now.
  expect(await rebinding.reset(end)).toBe(false);
  expect(rebinding.clash?.holder).toEqual(hold);
  await rebinding.swap();
  expect(kept.at(-1)).toEqual({});
});

test('[WS65] keys that are needed elsewhere are refused, and others awaited', async () => {
  const { rebinding, kept } = agent();
  rebinding.ask(end);
  expect(await rebinding.press('mod+w')).toBe(false);
  expect(rebinding.refused).toEqual({ keys: 'mod+w', by: 'browser' });
  expect(rebinding.asked).toEqual(end);
  expect(kept).toEqual([]);
});

test('[WS72] the key that an action has already changes nothing', async () => {
  const { rebinding, kept } = agent();
  rebinding.ask(end);
  expect(await rebinding.press('e')).toBe(true);
  expect(kept).toEqual([]);
});

test('[WS71] what could not be kept is taken back', async () => {
  const { shortcuts, rebinding } = agent({ isKept: false });
  rebinding.ask(end);
  expect(await rebinding.press('mod+k')).toBe(false);
  await rebinding.swap();
  expect(shortcuts.of(end.action)).toEqual(['e']);
  rebinding.ask(end);
  expect(await rebinding.press('shift+e')).toBe(false);
  expect(shortcuts.of(end.action)).toEqual(['e']);
});

test('[WS72] all are reset at once', async () => {
  const { shortcuts, rebinding } = agent();
  rebinding.ask(end);
  await rebinding.press('shift+e');
  await rebinding.resetAll();
  expect(shortcuts.chosen).toEqual({});
  expect(rebinding.isChanged(end)).toBe(false);
});

test('[WS16] no two actions share a shortcut, whatever was chosen by an earlier version', () => {
  const actions = [
    { id: 'old', keys: ['o'] },
    { id: 'new', keys: ['n', 'x'] },
  ];
  const keys = keysByAction(actions, { old: ['n'], gone: ['x'] });
  expect([...keys]).toEqual([
    ['old', ['n']],
    ['new', [undefined, 'x']],
  ]);
});
