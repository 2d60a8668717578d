// When a department asks for a check, by what it knows.

import { expect, test } from 'vitest';
import { newConversationId, newVisitorId } from '#shared/ids.ts';
import { SALES } from '#shared/testing/logs.ts';
import { settingsWith } from '#shared/testing/settings.ts';
import { Admissions } from './admissions.ts';

interface State {
  mode?: 'off' | 'when-busy' | 'always';
  waiting?: number;
  today?: number;
}

/** A hundred may wait, and a thousand come in a day. */
function admissions({ mode = 'when-busy', waiting = 0, today = 0 }: State) {
  const settings = settingsWith({
    turnstile: { mode, site_key: '0x4AAA' },
    queue: { max_waiting: 100 },
    ceilings: { conversations_per_day: 1_000 },
  });
  return new Admissions({
    id: SALES,
    env: { settings },
    storage: { waitingOf: () => 0, blocked: { has: () => false } } as never, // All that is asked of it.
    today: { at: () => today } as never, // The same.
    queue: { length: waiting } as never, // The same.
    roster: new Map(),
    now: () => 1_000,
    onCeiling: () => undefined,
  });
}

const asks = (state: State) => admissions(state).status(null).asksForCheck;

test('[HC3] a department is busy when a tenth of what may wait waits, or four fifths of a day have come', () => {
  expect(asks({ waiting: 9, today: 799 })).toBe(false);
  expect(asks({ waiting: 10 })).toBe(true);
  expect(asks({ today: 800 })).toBe(true);
});

test('[HC1] [HC2] with off it never asks, with always it always does', () => {
  expect(asks({ mode: 'off', waiting: 100, today: 1_000 })).toBe(false);
  expect(asks({ mode: 'always' })).toBe(true);
});

const someone = (isChecked: boolean) => ({
  ...{ conversationId: newConversationId(), visitorId: newVisitorId() },
  isChecked,
});

test('[HC3] who must pass a check first takes up no room', () => {
  const department = admissions({ mode: 'always' });
  for (let asked = 0; asked < 200; asked++) department.status(someone(false));
  expect(department.status(null).isFull).toBe(false);
  for (let asked = 0; asked < 100; asked++) department.status(someone(true));
  expect(department.status(null).isFull).toBe(true);
});
