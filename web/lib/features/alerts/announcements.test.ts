// Tabs of one browser, and what calls their agent.

import { beforeEach, expect, test, vi } from 'vitest';
import type { Alert } from '#shared/alerts/alert.ts';
import { DEFAULT_PREFERENCES, type AlertPreferences } from '#shared/alerts/preferences.ts';
import { SALES } from '#web/lib/live/testing/server.ts';
import { useFakeTime } from '#web/lib/live/testing/time.ts';
import { Announcements } from './announcements.ts';
import { notify } from './desktop.ts';
import { play } from './sounds.ts';

vi.mock('./sounds.ts', () => ({ play: vi.fn(async () => true) }));
vi.mock('./desktop.ts', () => ({ notify: vi.fn() }));
useFakeTime();
beforeEach(() => vi.clearAllMocks());

const alertAbout = (about: string): Alert => ({
  ...{ reason: 'message', about, seq: 1, name: 'Ada' },
  ...{ departmentId: SALES, text: 'Hello?', path: `/inbox/${about}` },
});

function tab(preferences: Partial<AlertPreferences> = {}) {
  const now = { isSeen: false, isOver: false };
  const told = { unseen: [] as Alert[], seen: [] as Alert[] };
  const announcements = new Announcements({
    isSeen: () => now.isSeen,
    isOver: () => now.isOver,
    preferences: () => ({ ...DEFAULT_PREFERENCES, ...preferences }),
    sounds: () => true,
    notifies: () => true,
    department: () => 'Sales',
    open: () => {},
    unseen: (alert) => void told.unseen.push(alert),
    seen: (alert) => void told.seen.push(alert),
  });
  announcements.start();
  return { announcements, now, told };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

test('[AL13] two tabs call once, and the one that calls tells the server', async () => {
  const [one, other] = [tab(), tab()];
  const alert = alertAbout('twice');
  void one.announcements.announce(alert);
  void other.announcements.announce(alert);
  await pass(1_000);
  expect(play).toHaveBeenCalledTimes(1);
  expect(notify).toHaveBeenCalledTimes(1);
  expect([...one.told.unseen, ...other.told.unseen]).toEqual([alert]);
});

test('[AL13] a tab in which it is seen keeps the others silent', async () => {
  const [one, other] = [tab(), tab()];
  const alert = alertAbout('seen');
  other.now.isSeen = true;
  void one.announcements.announce(alert);
  void other.announcements.announce(alert);
  await pass(1_000);
  expect(play).not.toHaveBeenCalled();
  expect([one.told.unseen, other.told.seen]).toEqual([[], [alert]]);
});

test('[AL13] a sound is repeated until the agent turns to a tab, and then what is in sight is seen', async () => {
  const [one, other] = [tab({ repeat: true }), tab()];
  void one.announcements.announce(alertAbout('again'));
  await pass(25_000);
  expect(play).toHaveBeenCalledTimes(3);
  other.announcements.look();
  await vi.waitFor(async () => {
    const before = vi.mocked(play).mock.calls.length;
    await pass(20_000);
    expect(vi.mocked(play).mock.calls.length).toBe(before);
  });
  one.now.isSeen = true;
  one.announcements.look();
  expect(one.told.seen).toEqual([alertAbout('again')]);
});

test('[AL13] a sound that is repeated ends when it needs nobody any more, and after five minutes', async () => {
  const [over, alone] = [tab({ repeat: true }), tab({ repeat: true })];
  void over.announcements.announce(alertAbout('over'));
  await pass(12_000);
  over.now.isOver = true;
  await pass(60_000);
  expect(play).toHaveBeenCalledTimes(2);
  void alone.announcements.announce(alertAbout('alone'));
  await pass(3_600_000);
  expect(vi.mocked(play).mock.calls.length).toBeLessThanOrEqual(2 + 31);
});

test('[AL1] [AL2] what the agent does not want to hear or see is still told to the server', async () => {
  const silent = { sound: false, desktop: false, push: true };
  const one = tab({ kinds: { ...DEFAULT_PREFERENCES.kinds, message: silent } });
  void one.announcements.announce(alertAbout('silent'));
  await pass(1_000);
  expect([vi.mocked(play).mock.calls, vi.mocked(notify).mock.calls]).toEqual([[], []]);
  expect(one.told.unseen).toHaveLength(1);
});
