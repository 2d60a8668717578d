import { expect, test } from 'vitest';
import {
  endsWriting,
  isPress,
  isSingleKey,
  isTaken,
  isWriting,
  keysPressed,
  type KeyPress,
} from './keyboard.ts';

const press = (key: string, modifiers: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...modifiers,
});
const focused = { closest: () => ({}) };
const nowhere = { closest: () => null };

test('[WS15] a press is a shortcut only with exactly its modifiers', () => {
  expect(isPress('mod+k', press('k', { ctrlKey: true }))).toBe(true);
  expect(isPress('mod+k', press('K', { metaKey: true }))).toBe(true);
  expect(isPress('mod+k', press('K', { ctrlKey: true, shiftKey: true }))).toBe(false);
  expect(isPress('mod+k', press('k'))).toBe(false);
  expect(isPress('k', press('k', { ctrlKey: true }))).toBe(false);
  expect(isPress('alt+arrowdown', press('ArrowDown', { altKey: true }))).toBe(true);
  expect(isPress('?', press('?', { shiftKey: true }))).toBe(true);
  expect(isPress('h', press('H', { shiftKey: true }))).toBe(false);
  expect(isPress('h', press('H'))).toBe(true); // Caps Lock.
});

test('[WS15] where something has the keys, only presses with Ctrl or ⌘ are shortcuts', () => {
  expect(isTaken(press('t'), focused)).toBe(true);
  expect(isTaken(press('k', { metaKey: true }), focused)).toBe(false);
  expect(isTaken(press('t'), nowhere)).toBe(false);
  expect(isTaken(press('t'), null)).toBe(false);
});

test('[WS15] single keys can be told apart, to switch them off', () => {
  expect(isSingleKey('t')).toBe(true);
  expect(isSingleKey('shift+h')).toBe(true);
  expect(isSingleKey('mod+k')).toBe(false);
});

test.each([
  ['k', { ctrlKey: true }, 'mod+k'],
  ['K', { metaKey: true, shiftKey: true }, 'mod+shift+k'],
  ['ArrowDown', { altKey: true }, 'alt+arrowdown'],
  ['H', { shiftKey: true }, 'shift+h'],
  ['?', { shiftKey: true }, '?'],
  ['1', { shiftKey: true }, '1'],
  ['+', { shiftKey: true }, 'plus'],
  ['Ф', {}, 'ф'],
  ['Enter', { ctrlKey: true, shiftKey: true }, 'mod+shift+enter'],
])('[WS72] %s with %o is the keys %s', (key, modifiers, keys) => {
  expect(keysPressed(press(key, modifiers))).toBe(keys);
  expect(isPress(keys, press(key, modifiers))).toBe(true);
});

test('[WS65] with Ctrl or ⌘ a digit is itself, whatever Shift writes there', () => {
  const pressed = { ...press('^', { ctrlKey: true, shiftKey: true }), code: 'Digit6' };
  expect(keysPressed(pressed)).toBe('mod+shift+6');
});

test('[WS72] modifiers alone, and a key that writes nothing by itself, are no keys', () => {
  for (const key of ['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'Dead']) {
    expect(keysPressed(press(key))).toBeNull();
  }
});

test('[WS42] letters, digits and signs write, keys that move or have a modifier do not', () => {
  for (const key of ['h', 'É', '7', '?', '/', 'ب', '😀', ' ']) {
    expect(isWriting(press(key), nowhere)).toBe(true);
  }
  for (const key of ['Enter', 'Escape', 'Tab', 'ArrowDown', 'F5', 'Dead', 'Backspace']) {
    expect(isWriting(press(key), nowhere)).toBe(false);
  }
  for (const modifier of ['ctrlKey', 'metaKey', 'altKey']) {
    expect(isWriting(press('k', { [modifier]: true }), nowhere)).toBe(false);
  }
});

test('[WS42] the space bar works the button that has the focus', () => {
  expect(isWriting(press(' '), focused)).toBe(false);
});

test('[WS42] who presses Escape, Tab, or Enter where that sends has done with a field', () => {
  for (const key of ['Escape', 'Tab', 'Enter']) {
    expect(endsWriting(press(key), nowhere)).toBe(true);
  }
  expect(endsWriting(press('Enter'), focused)).toBe(false);
  expect(endsWriting(press('Enter', { ctrlKey: true }), focused)).toBe(true);
  expect(endsWriting(press('k'), nowhere)).toBe(false);
});
