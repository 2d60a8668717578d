import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CENTRE, MOST_ZOOM, pulled, squareOf } from './crop.ts';

const WIDE = { width: 400, height: 200 };

test('[MY2] at first it is the largest square in the middle', () => {
  expect(squareOf(WIDE, CENTRE)).toEqual({ left: 100, top: 0, side: 200 });
});

test('[MY2] the picture follows the pointer that pulls it', () => {
  const crop = pulled(WIDE, { ...CENTRE, zoom: 2 }, 0.5, -0.25);
  const { left, top } = squareOf(WIDE, crop);
  expect([Math.round(left), Math.round(top)]).toEqual([100, 75]);
});

test('[MY2] whatever is pulled, the square stays in the picture', () => {
  const side = fc.integer({ min: 1, max: 5_000 });
  const by = fc.double({ min: -9, max: 9, noNaN: true });
  const zoom = fc.double({ min: 1, max: MOST_ZOOM, noNaN: true });
  fc.assert(
    fc.property(side, side, zoom, fc.array(fc.tuple(by, by)), (width, height, much, pulls) => {
      const size = { width, height };
      const crop = pulls.reduce((at, [x, y]) => pulled(size, at, x, y), { ...CENTRE, zoom: much });
      const square = squareOf(size, crop);
      expect(square.left).toBeGreaterThanOrEqual(0);
      expect(square.top).toBeGreaterThanOrEqual(0);
      expect(square.left + square.side).toBeLessThanOrEqual(width + 1e-6);
      expect(square.top + square.side).toBeLessThanOrEqual(height + 1e-6);
    }),
  );
});
