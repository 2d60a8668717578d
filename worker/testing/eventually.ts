// What is on its way arrives sooner or later: how soon is up to the machine, and no test fails for that.

import { vi } from 'vitest';

/** Long enough for the busiest machine. Only a test that fails waits for it. */
const PATIENCE_MS = 30_000;

/** Tries `check` until it no longer throws, and answers with what it finds. */
export const eventually = <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: PATIENCE_MS });
