import { expect, test } from 'vitest';
import { REFUSAL_CODES, statusOf } from './refusals.ts';

test.each(REFUSAL_CODES)('[RF1] %s has a status', (code) => {
  expect(statusOf(code)).toBeGreaterThanOrEqual(400);
});
