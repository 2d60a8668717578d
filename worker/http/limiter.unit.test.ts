import { expect, test } from 'vitest';
import { Limiter } from './limiter.ts';

/** A binding that takes so many of each key. */
function bindingOf(limit: number) {
  const asked: string[] = [];
  const binding = {
    limit: ({ key = '' }: { key?: string }) => {
      asked.push(key);
      return Promise.resolve({ success: asked.filter((one) => one === key).length <= limit });
    },
  };
  return { binding: binding as RateLimit, asked };
}

test('[RL1] each key has a limit of its own', async () => {
  const limiter = new Limiter(bindingOf(1).binding, () => 0);
  expect(await limiter.allows('a', 0)).toBe(true);
  expect(await limiter.allows('b', 0)).toBe(true);
  expect(await limiter.allows('a', 0)).toBe(false);
});

test('[RL1] who asks for little is not counted by the platform', async () => {
  const { binding, asked } = bindingOf(1);
  let now = 0;
  const limiter = new Limiter(binding, () => now);
  for (let time = 0; time < 5; time++) expect(await limiter.allows('a', 5)).toBe(true);
  expect(asked).toEqual([]);
  await limiter.allows('a', 5);
  expect(asked).toEqual(['a']);
  now = 10_000;
  await limiter.allows('a', 5);
  expect(asked).toEqual(['a']);
});

test('[RL1] a flood asks the platform once a second', async () => {
  const { binding, asked } = bindingOf(1);
  let now = 0;
  const limiter = new Limiter(binding, () => now);
  await limiter.allows('a', 0);
  for (let time = 0; time < 1_000; time++) expect(await limiter.allows('a', 0)).toBe(false);
  expect(asked).toHaveLength(2);
  now = 1_000;
  expect(await limiter.allows('a', 0)).toBe(false);
  expect(asked).toHaveLength(3);
});

test('[RL1] more addresses than are remembered are still counted', async () => {
  const { binding } = bindingOf(1);
  const limiter = new Limiter(binding, () => 0);
  for (let key = 0; key < 10_000; key++) await limiter.allows(`key ${key}`, 5);
  expect(await limiter.allows('late', 5)).toBe(true);
  expect(await limiter.allows('late', 5)).toBe(false);
});

test('[RL3] who goes on asking is known for it, until the ten seconds are over', async () => {
  let now = 0;
  const limiter = new Limiter(bindingOf(1).binding, () => now);
  await limiter.allows('a', 0);
  for (let time = 0; time < 10; time++) await limiter.allows('a', 0);
  expect(limiter.isFlood('a')).toBe(false);
  await limiter.allows('a', 0);
  expect([limiter.isFlood('a'), limiter.isFlood('b')]).toEqual([true, false]);
  now = 10_000;
  expect(limiter.isFlood('a')).toBe(false);
});
