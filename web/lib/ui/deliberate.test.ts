import { expect, test } from 'vitest';
import { Deliberate, type DialogPress } from './deliberate.ts';

const down = (key: string, more: Partial<DialogPress> = {}): DialogPress => ({
  ...{ type: 'keydown', key, repeat: false, ctrlKey: false, metaKey: false },
  ...more,
});
const up = (key: string) => down(key, { type: 'keyup' });
const held = (key: string) => down(key, { repeat: true });

/** A question that opened at 0; what is pressed after so many milliseconds, and whether it is kept back. */
function pressed(isQuestion: boolean, ...presses: [ms: number, press: DialogPress][]) {
  const deliberate = new Deliberate(0, isQuestion);
  return presses.map(([ms, press]) => deliberate.keepsBack(press, ms));
}

test('[WS42] a letter that opened a question can be followed by Enter', () => {
  expect(pressed(true, [20, up('h')], [90, down('Enter')])).toEqual([false, false]);
});

test('[WS42] the key that opened a question can’t confirm it, neither held nor pressed twice', () => {
  expect(pressed(true, [500, held('Enter')], [900, held('Enter')])).toEqual([true, true]);
  expect(pressed(true, [30, up('Enter')], [150, down('Enter')])).toEqual([true, true]);
  expect(pressed(true, [30, up('Enter')], [1_500, down('Enter')])).toEqual([true, false]);
  expect(pressed(true, [200, down(' ')], [280, up(' ')])).toEqual([true, true]);
});

test('[WS42] a sentence that is typed on confirms nothing, however slowly', () => {
  const typed = [...' there, thanks'].map((key, i): [number, DialogPress] => [i * 300, down(key)]);
  const confirming = pressed(true, ...typed).filter((_, i) =>
    ' \n'.includes(typed[i]?.[1].key ?? ''),
  );
  expect(confirming).toEqual([true, true]);
  expect(pressed(true, ...typed, [9_000, down('Enter')]).at(-1)).toBe(true);
  expect(pressed(true, ...typed, [9_000, down('Enter', { ctrlKey: true })]).at(-1)).toBe(true);
  expect(pressed(true, ...typed, [9_000, down('Tab')], [9_500, down('Enter')]).at(-1)).toBe(false);
});

test('[WS42] in a form, what is typed goes into it, but not what is still held down', () => {
  expect(pressed(false, [600, held('e')], [700, up('e')])).toEqual([true, false]);
  expect(pressed(false, [900, down('e')], [1_500, held('e')])).toEqual([false, false]);
  expect(pressed(false, [900, down('a')], [950, down(' ')], [1_000, down('Enter')])).toEqual([
    ...[false, false, false],
  ]);
  expect(pressed(false, [900, held('Enter')])).toEqual([true]);
});

test('[WS42] the second of two quick clicks has no effect', () => {
  expect(new Deliberate(0, true).keepsBackClick({ detail: 2 }, 200)).toBe(true);
  expect(new Deliberate(0, true).keepsBackClick({ detail: 1 }, 20)).toBe(false);
  expect(new Deliberate(0, true).keepsBackClick({ detail: 2 }, 2_000)).toBe(false);
});
