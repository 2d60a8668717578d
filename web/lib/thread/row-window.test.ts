// Which rows of a long thread are in the page.

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayOf, mara, MINUTE, NOON, said, source, visitor } from './testing.ts';
import { RowWindow } from './row-window.svelte.ts';
import { Thread } from './thread.ts';

const MOST = 200;
const EVENTS = Array.from({ length: 5_000 }, (_, index) =>
  said(index + 1, index % 3 === 0 ? mara : visitor, NOON + index * MINUTE),
);

/** A thread of which the messages from `first` to `last` are loaded. */
function longThread(first: number, last: number) {
  const thread = new Thread({ me: mara, describe: () => null, dayOf });
  const loaded = { first, last };
  const all = () => thread.rows(source(EVENTS.slice(loaded.first - 1, loaded.last)));
  const shown = new RowWindow(all);
  const keys = () => shown.rows.map(({ key }) => key);
  const inPage = () => shown.rows.flatMap((row) => (row.kind === 'message' ? [row.seq] : []));
  return { loaded, all, shown, keys, inPage };
}

test('[WS64] at the end, the last rows are in the page, and each new one', () => {
  const { loaded, shown, inPage } = longThread(1, 4_000);
  expect(shown.rows).toHaveLength(100);
  expect([inPage().at(-1), shown.hasEarlier, shown.hasLater]).toEqual([4_000, true, false]);
  loaded.last = 4_001;
  expect(shown.rows).toHaveLength(100);
  expect(inPage().at(-1)).toBe(4_001);
});

test('[WS64] a reader passes every row on the way up and back, with few in the page at any time', () => {
  const { all, shown, keys } = longThread(1, 5_000);
  const wanted = new Set(all().map(({ key }) => key));
  const passed = new Set(keys());
  for (let before = keys(); shown.hasEarlier; before = keys()) {
    shown.earlier(false);
    expect(keys().length).toBeLessThanOrEqual(MOST + 1);
    expect(keys()).toContain(before[0]);
    for (const key of keys()) passed.add(key);
  }
  expect(passed).toEqual(wanted);
  passed.clear();
  for (let before = keys(); shown.hasLater; before = keys()) {
    shown.later(false);
    expect(keys()).toContain(before.at(-1));
    for (const key of [...before, ...keys()]) passed.add(key);
  }
  expect(passed).toEqual(wanted);
});

test('[WS64] for a reader who is elsewhere new messages change no row', () => {
  const { loaded, shown, inPage } = longThread(2_000, 3_000);
  shown.earlier(false);
  const before = inPage();
  loaded.last = 3_300;
  expect(inPage().slice(0, before.length)).toEqual(before);
  expect(shown.hasLater).toBe(true);
});

test.each([
  ['is far up', 3_000],
  ['has just begun', 2_099],
])(
  '[WS64] a reader who %s has the nearest of the earlier messages above the first at once',
  (_, last) => {
    const { loaded, shown, inPage } = longThread(2_000, last);
    shown.hold();
    while (shown.hasEarlier) shown.earlier(false);
    expect([shown.rows[0]?.kind, inPage()[0]]).toEqual(['day', 2_000]);
    loaded.first = 1_900;
    // The day's own row has given way to an earlier one.
    expect([shown.rows[0]?.kind, inPage()[0]]).toEqual(['message', 1_950]);
    expect(shown.hasEarlier).toBe(true);
  },
);

test('[WS64] a message anywhere is brought into the page with its surroundings', () => {
  const { all, shown } = longThread(1, 5_000);
  fc.assert(
    fc.property(fc.nat(all().length - 1), (index) => {
      const place = shown.around(index);
      expect(shown.rows[place]).toBe(all()[index]);
      expect(shown.rows.length).toBeLessThanOrEqual(MOST + 1);
      expect(place > 0 || !shown.hasEarlier).toBe(true);
      expect(place < shown.rows.length - 1 || !shown.hasLater).toBe(true);
    }),
  );
});

test('[WS64] what the agent has selected stays in the page, and goes when they are back at the end', () => {
  const { shown, inPage } = longThread(1, 5_000);
  const last = inPage().at(-1);
  for (let turn = 0; turn < 10; turn++) shown.earlier(true);
  expect(shown.rows).toHaveLength(600);
  expect(inPage().at(-1)).toBe(last);
  shown.follow();
  expect(shown.rows).toHaveLength(100);
});
