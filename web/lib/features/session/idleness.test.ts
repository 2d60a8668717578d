import { afterEach, expect, test, vi } from 'vitest';
import { storageInMemory } from '#web/lib/live/testing/environment.ts';
import { useFakeTime } from '#web/lib/live/testing/time.ts';
import { watchIdleness } from './idleness.ts';

useFakeTime();
const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

const MINUTE_MS = 60_000;

/** Tabs of one browser, in each of which somebody may be. */
function tabs(count: number) {
  const storage = storageInMemory();
  return Array.from({ length: count }, () => {
    const page = new EventTarget() as unknown as Window; // Nothing else of it is used.
    const onIdle = vi.fn<() => void>();
    stops.push(watchIdleness(5 * MINUTE_MS, { page, storage, onIdle }));
    return { onIdle, touch: () => page.dispatchEvent(new Event('keydown')) };
  });
}

test('[CL11] an agent who does nothing is away after a while, and that is told once', () => {
  const [tab] = tabs(1);
  vi.advanceTimersByTime(4 * MINUTE_MS);
  expect(tab?.onIdle).not.toHaveBeenCalled();
  vi.advanceTimersByTime(10 * MINUTE_MS);
  expect(tab?.onIdle).toHaveBeenCalledOnce();
  tab?.touch();
  vi.advanceTimersByTime(6 * MINUTE_MS);
  expect(tab?.onIdle).toHaveBeenCalledTimes(2);
});

test('[CL11] who is in another tab is there', () => {
  const [one, other] = tabs(2);
  for (let minute = 0; minute < 20; minute += 1) {
    vi.advanceTimersByTime(MINUTE_MS);
    other?.touch();
  }
  expect(one?.onIdle).not.toHaveBeenCalled();
});
