import { afterEach, expect, test } from 'vitest';
import { overwriteGetLocale } from '#messages/compiled/runtime.js';
import { overrunsAt, queueText } from './queue-text.ts';

afterEach(() => overwriteGetLocale(() => 'en'));

test.each([
  { position: 1, waitSeconds: null, told: 'You are next.' },
  { position: 1, waitSeconds: 20, told: 'You are next. The wait is about 1–2 minutes.' },
  { position: 2, waitSeconds: null, told: '1 person is ahead of you.' },
  {
    position: 4,
    waitSeconds: 181,
    told: '3 people are ahead of you. The wait is about 4–6 minutes.',
  },
  { position: 7, waitSeconds: null, told: 'At most 6 people are ahead of you.' },
  {
    position: 50,
    waitSeconds: 3 * 3600 + 1,
    told: 'At most 49 people are ahead of you. The wait is about 3–5 hours.',
  },
])('[WG26] at place $position with $waitSeconds s to go: $told', ({ told, ...place }) => {
  expect(queueText(place, true)).toBe(told);
});

test('[WG26] an estimate that has proved wrong is no longer told', () => {
  const told = { position: 1, waitSeconds: 20, toldAt: 1_000_000 };
  expect(overrunsAt(told)).toBe(1_120_000);
  expect(queueText(told, false)).toBe('You are next.');
  expect(overrunsAt({ ...told, waitSeconds: null })).toBeNull();
});

test('[WG6] [WG26] in German, too', () => {
  overwriteGetLocale(() => 'de');
  expect(queueText({ position: 1, waitSeconds: 240 }, true)).toBe(
    'Sie sind als Nächstes dran. Das dauert etwa 4–6 Minuten.',
  );
});
