// A visitor's page is killed at every step between Enter and the server's acknowledgement.

import { expect, test } from 'vitest';
import type { FakePage } from '#web/lib/live/testing/environment.ts';
import { settled, useFakeTime } from '#web/lib/live/testing/time.ts';
import { FakeSite, shown } from './testing/site.ts';
import type { VisitorSession } from './visitor-session.svelte.ts';

useFakeTime();

const MORNING = 'Good morning.';
const QUESTION = 'Do you sell olive trees?';

async function write(session: VisitorSession, text: string): Promise<void> {
  session.open();
  await settled();
  session.type(text);
  void session.send();
  await settled();
}

interface Story {
  /** Up to the moment before the question is typed. Answers with what was written so far. */
  before: (site: FakeSite, session: VisitorSession, page: FakePage) => Promise<string[]>;
  /** What happens after Enter. */
  after?: (site: FakeSite, page: FakePage) => void;
}

const STORIES: Record<string, Story> = {
  'a first message': { before: async () => [] },
  'a later message': {
    async before(_, session) {
      await write(session, MORNING);
      return [MORNING];
    },
  },
  'a message after the end': {
    async before(_, session) {
      await write(session, MORNING);
      void session.end();
      await settled();
      return [MORNING];
    },
  },
  'a message to a conversation that ended while the visitor was offline': {
    async before(site, session, page) {
      await write(session, MORNING);
      site.server.isDown = true;
      for (const socket of page.sockets) socket.lose();
      for (const one of site.server.conversations.values()) one.end();
      return [MORNING];
    },
    after(site, page) {
      site.server.isDown = false;
      page.wake();
    },
  },
};

/** Runs a story with a page that is killed `steps` after Enter. True when the page outlived it. */
async function run({ before, after }: Story, steps: number): Promise<boolean> {
  const site = new FakeSite();
  const { session, page } = site.visit();
  const earlier = await before(site, session, page);
  session.open();
  session.type(QUESTION);
  await settled();
  page.kill(steps);
  void session.send();
  await settled();
  after?.(site, page);
  await settled();
  const isSurvivor = !page.isDead;
  page.kill();
  await expectOnce(site, earlier);
  return isSurvivor;
}

/** After a reload the question is in the thread or in the composer. Sent from there, it is stored once. */
async function expectOnce(site: FakeSite, earlier: readonly string[]): Promise<void> {
  site.server.isDown = true;
  const offline = site.visit();
  offline.session.open();
  await settled();
  // What the server has, an offline page need not have.
  if (!site.server.texts.includes(QUESTION)) expect(seenIn(offline.session)).toEqual([QUESTION]);
  offline.page.kill();

  site.server.isDown = false;
  const { session } = site.visit();
  session.open();
  await settled();
  expect(seenIn(session)).toEqual([QUESTION]);
  void session.send();
  await settled();
  expect(seenIn(session)).toEqual([QUESTION]);
  expect(session.draft.text).toBe('');
  expect(site.server.texts).toEqual([...earlier, QUESTION]);
}

const seenIn = (session: VisitorSession) =>
  [...shown(session), session.draft.text].filter((text) => text.includes(QUESTION));

test.each(Object.entries(STORIES))('[DC12] %s is never gone and never double', async (_, story) => {
  let steps = 0;
  while (!(await run(story, steps))) steps += 1;
  expect(steps).toBeGreaterThan(5);
});
