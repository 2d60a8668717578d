// Turnstile for a file of tests: what is asked of Cloudflare comes to a stand-in.

import { afterEach, beforeEach, expect, vi } from 'vitest';
import { FakeTurnstile, fetchFrom } from '../../tests/support/turnstile.ts';

/** Call it once at the top of the file. A test fails when Cloudflare would have refused a request of it. */
export function useTurnstile(): () => FakeTurnstile {
  let turnstile: FakeTurnstile;
  beforeEach(() => {
    turnstile = new FakeTurnstile();
    vi.spyOn(globalThis, 'fetch').mockImplementation(fetchFrom(turnstile));
    vi.spyOn(console, 'warn').mockReturnValue();
  });
  afterEach(() => {
    vi.restoreAllMocks();
    expect(turnstile.complaints).toEqual([]);
  });
  return () => turnstile;
}
