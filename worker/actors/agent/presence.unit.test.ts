import { expect, test } from 'vitest';
import { NOOR } from '#shared/testing/logs.ts';
import { newPresence, readPresence } from './presence.ts';

const presence = { ...newPresence(NOOR.id), maxConversations: 3 };

test('[AG6] what is stored of an agent is read as it was', () => {
  expect(readPresence(presence)).toEqual(presence);
});

test('[AG6] a limit that an earlier version stored under another name still holds', () => {
  const { maxConversations: chatsAtMost, ...rest } = presence;
  expect(readPresence({ ...rest, chatsAtMost })).toEqual(presence);
});
