import { expect, test } from 'vitest';
import { OneAtATime } from './one-at-a-time.ts';

/** Work that ends when a test says so, and a diary of what began. */
function bench() {
  const begun: string[] = [];
  const work = (name: string) => {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const start = () => {
      begun.push(name);
      return promise;
    };
    return { start, end: () => resolve(name), fail: () => reject(new Error(name)) };
  };
  return { queue: new OneAtATime(), begun, work };
}

/** What follows from what has ended has begun. */
const next = () => new Promise(setImmediate);

test('work begins at once when nothing is under way', () => {
  const { queue, begun, work } = bench();
  void queue.run(work('one').start);
  expect(begun).toEqual(['one']);
});

test('work waits for what is under way', async () => {
  const { queue, begun, work } = bench();
  const [one, two] = [work('one'), work('two')];
  void queue.run(one.start);
  void queue.run(two.start);
  await next();
  expect(begun).toEqual(['one']);
  one.end();
  await next();
  expect(begun).toEqual(['one', 'two']);
});

test('work is done in the order in which it was given', async () => {
  const { queue, begun, work } = bench();
  const [one, two, three] = [work('one'), work('two'), work('three')];
  for (const { end } of [three, two]) end();
  for (const { start } of [one, two, three]) void queue.run(start);
  await next();
  expect(begun).toEqual(['one']);
  one.end();
  await next();
  expect(begun).toEqual(['one', 'two', 'three']);
});

test('each caller gets the result of their own work', async () => {
  const { queue, work } = bench();
  const [one, two] = [work('one'), work('two')];
  const results = Promise.all([queue.run(one.start), queue.run(two.start)]);
  for (const { end } of [two, one]) end();
  expect(await results).toEqual(['one', 'two']);
});

test('work that fails tells its caller, and does not stop what comes after it', async () => {
  const { queue, work } = bench();
  const [one, two] = [work('one'), work('two')];
  const results = Promise.allSettled([queue.run(one.start), queue.run(two.start)]);
  one.fail();
  two.end();
  expect(await results).toMatchObject([
    { status: 'rejected', reason: { message: 'one' } },
    { status: 'fulfilled', value: 'two' },
  ]);
});

test('after all is done, work begins at once again', async () => {
  const { queue, begun, work } = bench();
  const [one, two] = [work('one'), work('two')];
  const done = queue.run(one.start);
  one.end();
  await done;
  await next();
  void queue.run(two.start);
  expect(begun).toEqual(['one', 'two']);
});

test('what is given while the second work is under way waits for it', async () => {
  const { queue, begun, work } = bench();
  const [one, two, three] = [work('one'), work('two'), work('three')];
  void queue.run(one.start);
  void queue.run(two.start);
  one.end();
  await next();
  void queue.run(three.start);
  await next();
  expect(begun).toEqual(['one', 'two']);
});
