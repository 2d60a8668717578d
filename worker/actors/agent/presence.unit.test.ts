import { expect, test } from 'vitest';
import { NOOR } from '#shared/testing/logs.ts';
import { settingsWith } from '#shared/testing/settings.ts';
import { saidOfSelf } from './availability.ts';
import { newPresence, readPresence } from './presence.ts';

const presence = { ...newPresence(NOOR.id), maxConversations: 3 };

test('[AG6] what is stored of an agent is read as it was', () => {
  expect(readPresence(presence)).toEqual(presence);
});

test('[AG6] a limit that an earlier version stored under another name still holds', () => {
  const { maxConversations: chatsAtMost, ...rest } = presence;
  expect(readPresence({ ...rest, chatsAtMost })).toEqual(presence);
});

const settings = settingsWith({ presence: { grace_seconds: 30, away_reasons: ['Lunch'] } });

test.each([
  ['away', 'Lunch', 'Lunch'],
  ['away', 'idle', 'idle'],
  ['away', 'Golf', null],
  ['away', undefined, null],
  ['available', 'Lunch', null],
] as const)(
  '[CL10] an agent who is %s because of %s: colleagues read %s',
  (availability, reason, told) => {
    const command = { type: 'availability.set', availability, ...(reason && { reason }) } as const;
    expect(saidOfSelf(command, settings)).toEqual({ availability, awayReason: told });
  },
);
