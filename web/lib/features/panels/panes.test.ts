import { expect, test } from 'vitest';
import { Panes } from './panes.svelte.ts';

const widths = (panes: Panes) => [panes.of('sidebar').value, panes.of('panel').value];

test.each([
  [undefined, [320, 320]],
  ['', [320, 320]],
  ['260.500', [260, 500]],
  ['9999.1', [440, 260]],
  ['a.b', [320, 320]],
  ['300', [300, 320]],
  ['1e9.300;x', [240, 300]],
])('[WS67] a browser that remembers %j has panes of %j pixels', (kept, expected) => {
  expect(widths(new Panes(kept))).toEqual(expected);
});

test('[WS67] in a small window the conversation keeps its room, and the panes come back with a larger one', () => {
  const panes = new Panes('440.560');
  panes.fit(1200);
  expect(widths(panes)).toEqual([440, 280]);
  expect(panes.of('panel').max).toBe(280);
  panes.fit(768);
  expect(panes.of('sidebar')).toEqual({ value: 320, min: 240, max: 320 });
  panes.fit(1600);
  expect(widths(panes)).toEqual([440, 560]);
});
