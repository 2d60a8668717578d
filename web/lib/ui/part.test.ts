import { glob, readFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { part } from './part.ts';

const came = { sheet: {}, replaceWith: vi.fn(), cloneNode: () => 'again' };
const lost = { sheet: null, replaceWith: vi.fn(), cloneNode: () => 'again' };

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('document', { querySelectorAll: () => [came, lost] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('[WS61] a part that a lost connection keeps away is asked for until it is there, with its styles', async () => {
  const load = vi.fn().mockRejectedValueOnce('lost').mockRejectedValueOnce('lost');
  load.mockResolvedValue('there');
  const loaded = part(load);
  await vi.advanceTimersByTimeAsync(999);
  expect(load).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(load).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await loaded).toBe('there');
  expect(lost.replaceWith).toHaveBeenCalledWith('again');
  expect(came.replaceWith).not.toHaveBeenCalled();
});

test('[WS61] no view awaits a part by itself, for then a lost connection would be an error', async () => {
  const views: string[] = [];
  for await (const file of glob('web/{lib,routes}/**/*.svelte')) views.push(file);
  expect(views.length).toBeGreaterThan(100);
  const sources = await Promise.all(views.map((file) => readFile(file, 'utf8')));
  expect(views.filter((_, index) => sources[index]?.includes('{#await import('))).toEqual([]);
});
