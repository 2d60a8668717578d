import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { neededBy } from '#shared/account/shortcuts.ts';
import { visibleText } from '#shared/formatting/visible-text.ts';
import { EMOJI_KEYS } from '../../emoji/emoji-keys.ts';
import type { Selected } from './change.ts';
import { formatFor, FORMAT_KEYS, type FormatId } from './format-keys.ts';
import { changeFor } from './format.ts';
import { continued } from './line-marks.ts';

/** A text with what is selected between bars: `a |word|`, or one bar for the cursor. */
function read(shown: string): Selected {
  const [before = '', inside = '', ...rest] = shown.split('|');
  if (rest.length === 0) return { text: before + inside, from: before.length, to: before.length };
  const to = before.length + inside.length;
  return { text: before + inside + rest.join('|'), from: before.length, to };
}

function shownAfter(id: FormatId | null, selected: Selected): string {
  const change = id === null ? continued(selected) : changeFor(id, selected);
  if (!change) return 'nothing';
  const text = selected.text.slice(0, change.from) + change.by + selected.text.slice(change.to);
  const [from, to] = change.select;
  const selection = from === to ? '|' : `|${text.slice(from, to)}|`;
  return text.slice(0, from) + selection + text.slice(to);
}

const press = (id: FormatId, shown: string) => shownAfter(id, read(shown));

describe('[FM5] a format goes around what is selected, and away again', () => {
  test.each<[FormatId, string, string]>([
    ['bold', 'a |word| here', 'a **|word|** here'],
    ['italic', 'a |word| here', 'a _|word|_ here'],
    ['strike', 'a |word| here', 'a ~~|word|~~ here'],
    ['code', 'a |word| here', 'a `|word|` here'],
    ['bold', 'a| word |here', 'a **|word|** here'],
    ['italic', '|- one|', '- _|one|_'],
    ['bold', '|one\ntwo|', '|**one**\n**two**|'],
    ['bold', '|- one\n- two|', '|- **one**\n- **two**|'],
    ['code', '|one\ntwo|', '```\n|one\ntwo|\n```'],
    ['bullets', '|one\n\ntwo|', '|- one\n\n- two|'],
    ['numbers', '|one\ntwo|', '|1. one\n2. two|'],
    ['quote', 'o|ne', '> o|ne'],
  ])('%s of %j', (id, before, after) => {
    expect(press(id, before)).toBe(after);
    expect(visibleText(read(press(id, after)).text)).toBe(visibleText(read(before).text));
  });

  test.each<[FormatId, string, string]>([
    ['bold', '|**word**|', '|word|'],
    ['bold', 'wo|rd', '**wo|rd**'],
    ['bold', '**wo|rd**', 'wo|rd'],
    ['bold', '|', '**|**'],
    ['bold', '**|**', '|'],
    ['bold', '**word|**', '**word**|'],
    ['italic', '**|word|**', '**_|word|_**'],
    ['italic', '*|word|*', '|word|'],
    ['numbers', '|- one\n- two|', '|1. one\n2. two|'],
    ['bullets', '- o|ne', 'o|ne'],
    ['link', 'see |our page|', 'see [our page](|https://|)'],
    ['link', 'see |https://shop.example|', 'see [|](https://shop.example)'],
    ['link', '[|our page|](https://shop.example)', '|our page|'],
  ])('%s of %j, where the cursor or the marks are', (id, before, after) => {
    expect(press(id, before)).toBe(after);
  });

  test('twice is as before, whatever is selected in a text without marks', () => {
    const word = fc.stringMatching(/^[a-zäß茶]{1,6}$/);
    const line = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
    const formats = fc.constantFrom(...Object.keys(FORMAT_KEYS).filter((id) => id !== 'link'));
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 3 }), formats, (lines, id) => {
        const text = lines.join('\n');
        const once = changeFor(id as FormatId, { text, from: 0, to: text.length }); // Of its keys.
        const [from, to] = once.select;
        const twice = changeFor(id as FormatId, { text: once.by, from, to }); // Of its keys.
        expect(once.by.slice(0, twice.from) + twice.by + once.by.slice(twice.to)).toBe(text);
        expect(visibleText(once.by)).toBe(text);
      }),
    );
  });
});

describe('[FM6] a new line goes on with the list', () => {
  test.each([
    ['- one|', '- one\n- |'],
    ['- one|two', '- one\n- |two'],
    ['* one|', '* one\n* |'],
    ['9. one|', '9. one\n10. |'],
    ['3) one|', '3) one\n4) |'],
    ['> one|', '> one\n> |'],
    ['- one\n- |', '- one\n|'],
    ['one|', 'nothing'],
    ['|- one', 'nothing'],
    ['```\n- one|', 'nothing'],
  ])('%j', (before, after) => expect(shownAfter(null, read(before))).toBe(after));
});

test('[FM5] keys are found on each keyboard', () => {
  const none = { ctrlKey: true, metaKey: false, altKey: false, shiftKey: false };
  const shifted = { ...none, shiftKey: true };
  const withCtrl = (press: Parameters<typeof formatFor>[0]) => formatFor(press, false);
  expect(withCtrl({ ...none, key: 'b', code: 'KeyB' })).toBe('bold');
  expect(withCtrl({ ...none, key: 'b', code: 'KeyN' })).toBe('bold');
  expect(withCtrl({ ...shifted, key: '(', code: 'Digit8' })).toBe('bullets');
  expect(withCtrl({ ...shifted, key: '/', code: 'Digit7' })).toBeNull();
  expect(withCtrl({ ...none, altKey: true, key: 'e', code: 'KeyE' })).toBeNull();
  expect(withCtrl({ ...none, ctrlKey: false, key: 'b', code: 'KeyB' })).toBeNull();
  expect(formatFor({ ...none, key: 'b', code: 'KeyB' }, true)).toBeNull();
  expect(formatFor({ ...none, ctrlKey: false, metaKey: true, key: 'b', code: 'KeyB' }, true)).toBe(
    'bold',
  );
});

test('[FM5] no key that formats can be chosen for an action', () => {
  for (const keys of [...Object.values(FORMAT_KEYS), EMOJI_KEYS]) {
    expect(neededBy(keys)).toBe('parley');
  }
});
