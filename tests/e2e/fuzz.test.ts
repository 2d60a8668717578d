// A short run of `npm run fuzz`.

import { expect, inject, test } from 'vitest';
import { fuzz } from '../fuzz/fuzz.ts';

test('[WP4] [WP5] nothing that is said over HTTP or a socket makes Parley fail', async () => {
  const { problems, answers } = await fuzz(inject('url'), { inputs: 2_000, seed: 20261127 });
  expect(problems).toEqual([]);
  expect([...answers.keys()].length).toBeGreaterThan(5);
});
