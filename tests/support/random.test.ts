import { expect, test } from 'vitest';
import { Random } from './random.ts';

const drawn = (seed: number) => {
  const random = new Random(seed);
  return [random.uuid(), random.between(1, 6), random.wait(10), random.fork().next()];
};

test('[FH6] the same seed gives the same choices, another seed others', () => {
  expect(drawn(7)).toEqual(drawn(7));
  expect(drawn(7)).not.toEqual(drawn(8));
});

test('[FH6] an id is a lower-case UUID', () => {
  expect(new Random(1).uuid()).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
});
