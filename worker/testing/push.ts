// Push for a file of tests: what is sent to devices comes to a stand-in.

import { afterEach, beforeEach, expect, vi } from 'vitest';
import { FakePushService } from '../../tests/support/push-service.ts';

/** Call it once at the top of the file. A test fails when a push service or a browser would have refused a message. */
export function usePushService(): () => FakePushService {
  let service: FakePushService;
  beforeEach(() => {
    service = new FakePushService();
    vi.spyOn(globalThis, 'fetch').mockImplementation(service.fetchInstead());
  });
  afterEach(() => {
    vi.restoreAllMocks();
    expect(service.complaints).toEqual([]);
  });
  return () => service;
}

/** As a browser's page would send it. Nothing is ever encrypted to it. */
export const aSubscription = () => ({
  endpoint: `https://fcm.googleapis.com/fcm/send/${crypto.randomUUID()}`,
  keys: { p256dh: `B${'A'.repeat(86)}`, auth: 'A'.repeat(22) },
  name: 'Chrome on Android',
});
