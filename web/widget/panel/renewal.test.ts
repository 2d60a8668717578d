// A visitor's token is replaced while it is in use, and a visitor who comes back too late begins again.

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { storageInMemory, type FakePage } from '#web/lib/live/testing/environment.ts';
import { settled, useFakeTime } from '#web/lib/live/testing/time.ts';
import { STORAGE_KEY } from '../active-conversation.ts';
import { parseIdentity } from './identity.ts';
import { FakeSite, shown, write } from './testing/site.ts';

useFakeTime();
beforeEach(() => void vi.stubGlobal('localStorage', storageInMemory()));
afterEach(() => void vi.unstubAllGlobals());

const HOUR_MS = 3600 * 1000;
const DAY_MS = 24 * HOUR_MS;
/** Nothing else is done meanwhile: the computer sleeps. */
const pass = (ms: number) => vi.setSystemTime(Date.now() + ms);
const kept = ({ browser }: FakeSite) => parseIdentity(browser.texts.get(STORAGE_KEY) ?? null);
const lastTokenOf = ({ sockets }: FakePage) => sockets.at(-1)?.protocols.at(-1);

async function reconnect(page: FakePage): Promise<void> {
  for (const socket of page.sockets) socket.lose();
  page.wake();
  await settled();
}

test('[WG45] a token that is a day old is replaced when a page connects, and the conversation goes on', async () => {
  const site = new FakeSite();
  await write(site.visit().session, 'Do you sell olive trees?');
  pass(23 * HOUR_MS);
  await reconnect(site.visit().page);
  expect([...site.tokens.keys()]).toEqual(['token-1']);
  pass(2 * HOUR_MS);
  const { session, page } = site.visit();
  await settled();
  expect([lastTokenOf(page), kept(site)?.token]).toEqual(['token.token-1', 'token-2']);
  await reconnect(page);
  expect(lastTokenOf(page)).toBe('token.token-2');
  await write(session, 'And figs?');
  expect(shown(session)).toEqual(['Do you sell olive trees?', 'And figs?']);
  expect([...site.tokens.keys()]).toEqual(['token-1', 'token-2']);
});

test('[WG45] the other tab goes on, and connects with the new token', async () => {
  const site = new FakeSite();
  const [one, other] = [site.visit(), site.visit()];
  await write(one.session, 'Do you sell olive trees?');
  pass(DAY_MS);
  await reconnect(one.page);
  await write(other.session, 'Two of them.');
  site.tokens.delete('token-1');
  await reconnect(other.page);
  expect(lastTokenOf(other.page)).toBe('token.token-2');
  expect(shown(one.session)).toEqual(['Do you sell olive trees?', 'Two of them.']);
});

test('[WG45] two tabs that replace it at once are still one visitor in one conversation', async () => {
  const site = new FakeSite();
  const tabs = [site.visit(), site.visit()];
  await write(tabs[0]!.session, 'Do you sell olive trees?');
  const before = kept(site);
  site.browser.isTellingTexts = false;
  pass(DAY_MS);
  await Promise.all(tabs.map(({ page }) => reconnect(page)));
  expect(new Set(site.tokens.values()).size).toBe(1);
  expect(kept(site)).toEqual({ ...before, token: 'token-3', renewedAt: kept(site)?.renewedAt });
  await write(tabs[0]!.session, 'And figs?');
  await write(tabs[1]!.session, 'And plums?');
  const all = ['Do you sell olive trees?', 'And figs?', 'And plums?'];
  for (const { session } of tabs) expect(shown(session)).toEqual(all);
  expect(site.server.conversations.size).toBe(1);
});

test('[WG45] it is replaced without a word where the storage fails, or the server is busy at first', async () => {
  const site = new FakeSite();
  const { session, page } = site.visit();
  vi.spyOn(page, 'textStorage').mockImplementation(() => {
    throw new DOMException('Storage is blocked.', 'SecurityError');
  });
  await write(session, 'Do you sell olive trees?');
  pass(DAY_MS);
  site.isBusy = true;
  await reconnect(page);
  site.isBusy = false;
  await reconnect(page);
  await reconnect(page);
  expect(lastTokenOf(page)).toBe('token.token-2');
  expect([session.problem, shown(session)]).toEqual([null, ['Do you sell olive trees?']]);
});

test('[WG45] what an earlier version has stored goes on, with a new token', async () => {
  const site = new FakeSite();
  await write(site.visit().session, 'Do you sell olive trees?');
  const { renewedAt: _, ...earlier } = kept(site)!;
  site.browser.texts.set(STORAGE_KEY, JSON.stringify(earlier));
  const { session } = site.visit();
  await settled();
  expect(shown(session)).toEqual(['Do you sell olive trees?']);
  expect(kept(site)).toEqual({ ...earlier, token: 'token-2', renewedAt: Date.now() - 100 });
});

/** A visitor had a conversation, which is over, and has gone. Their token has ended since. */
async function wasThere(site: FakeSite): Promise<void> {
  const { session, page } = site.visit();
  await write(session, 'Do you sell olive trees?');
  for (const conversation of site.server.conversations.values()) conversation.end();
  await settled();
  session.retire();
  page.kill();
  site.tokens.clear();
}

test('[WG46] a visitor who comes back too late writes as a new one, and nothing that they write is lost', async () => {
  const site = new FakeSite();
  await wasThere(site);
  const former = kept(site)?.visitorId;
  pass(31 * DAY_MS);
  const { session } = site.visit();
  session.type('Do you remember me?');
  await write(session, 'Do you remember me?');
  expect(kept(site)?.visitorId).not.toBe(former);
  expect([session.problem, shown(session)]).toEqual([null, ['Do you remember me?']]);
});

test('[WG46] a visitor who comes back too late to read again begins again without being told so', async () => {
  const site = new FakeSite();
  await wasThere(site);
  const { session } = site.visit();
  session.type('Do you');
  session.open();
  await settled();
  expect([session.problem, session.conversation, kept(site)]).toEqual([null, null, null]);
  expect(session.draft.text).toBe('Do you');
  await write(session, 'Do you remember me?');
  expect(shown(session)).toEqual(['Do you remember me?']);
});

test('[WG15] one who is not known any more in an open conversation is told, and keeps what they wrote', async () => {
  const site = new FakeSite();
  const { session, page } = site.visit();
  await write(session, 'Do you sell olive trees?');
  for (const socket of page.sockets) socket.lose();
  await write(session, 'And figs?');
  site.tokens.clear();
  page.wake();
  await settled();
  expect(session.problem).toBe('expired');
  session.startNew();
  expect([session.problem, session.conversation, session.draft.text]).toEqual([
    ...[null, null, 'And figs?'],
  ]);
  expect(await session.send()).toBe(true);
  await settled();
  expect(shown(session)).toEqual(['And figs?']);
});
