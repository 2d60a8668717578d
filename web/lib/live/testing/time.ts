// Time in tests of the live stores: it passes only when a test says so.

import { afterEach, beforeEach, vi } from 'vitest';

export function useFakeTime(): void {
  beforeEach(() => {
    vi.useFakeTimers();
    // Then no pause before a reconnect is shorter than what tests wait for.
    vi.spyOn(Math, 'random').mockReturnValue(1);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });
}

/** Everything that is under way has come to its end. */
export const settled = () => vi.advanceTimersByTimeAsync(100);
