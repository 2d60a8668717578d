// What a visitor's page says of where it is.

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { saidOver } from '#web/lib/live/testing/reader.ts';
import { storageInMemory, type FakePage } from '#web/lib/live/testing/environment.ts';
import { settled, useFakeTime } from '#web/lib/live/testing/time.ts';
import { FakeSite, write } from './testing/site.ts';

useFakeTime();
beforeEach(() => void vi.stubGlobal('localStorage', storageInMemory()));
afterEach(() => void vi.unstubAllGlobals());

const pagesSaid = (page: FakePage): unknown[] =>
  page.sockets.flatMap((socket) =>
    saidOver(socket).flatMap((frame) =>
      frame.type === 'signal' && frame.signal.type === 'page' ? [frame.signal.page] : [],
    ),
  );

test('[RI10] the page is said once it is connected, when it changes, and after a reconnect', async () => {
  const site = new FakeSite();
  const { session, page } = site.visit();
  await write(session, 'Good morning.');
  page.move('https://shop.example/palms');
  expect(pagesSaid(page)).toEqual(['https://shop.example/trees', 'https://shop.example/palms']);
  for (const socket of page.sockets) socket.lose();
  page.wake();
  await settled();
  expect(pagesSaid(page).at(-1)).toBe('https://shop.example/palms');
});

test('[RI11] an opening says where the visitor comes from, and what time it is there', async () => {
  const site = new FakeSite();
  const { session, page } = site.visit();
  await write(session, 'Good morning.');
  const opening = page.sockets
    .flatMap((socket) => saidOver(socket))
    .find((frame) => frame.type === 'command');
  expect(opening).toMatchObject({
    command: { referrer: 'https://search.example/', timeZone: 'Europe/London' },
  });
});
