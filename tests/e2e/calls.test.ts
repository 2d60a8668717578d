// What needs an agent calls them: once, in one of their tabs, and not for what they see.

import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { servedBy } from '../support/colleagues.ts';
import { Agent, eventually, useBrowser, Visitor } from '../support/people.ts';

interface Heard {
  readonly notifications: string[];
  readonly sounds: number[];
  readonly badges: number[];
  /** A tab that has asked for a call has decided about it. */
  readonly asked: string[];
}

const { page } = useBrowser();
let visitor: Visitor;
let tabs: readonly [Agent, Agent];

/** Notes what the page would let an agent see and hear. */
function listen(): void {
  const heard: Heard = { notifications: [], sounds: [], badges: [], asked: [] };
  localStorage.setItem('parley-preferences', JSON.stringify({ notifications: true, sound: true }));
  const noted = class {
    static readonly permission = 'granted';
    constructor(title: string) {
      heard.notifications.push(title);
    }
  };
  const Audio = window.AudioContext;
  const audible = class extends Audio {
    constructor() {
      super();
      heard.sounds.push(Date.now());
    }
  };
  const request = navigator.locks.request.bind(navigator.locks) as (
    ...given: unknown[]
  ) => Promise<unknown>;
  const asking = (name: string, options: object, use: (lock: Lock | null) => unknown) =>
    request(name, options, (lock: Lock | null) => {
      if (name.startsWith('parley-call-')) heard.asked.push(name);
      return use(lock);
    });
  const setAppBadge = async (count: number) => void heard.badges.push(count);
  Object.assign(navigator, { setAppBadge });
  Object.assign(navigator.locks, { request: asking });
  Object.assign(window, { Notification: noted, AudioContext: audible, heard });
}

const heardIn = ({ page: tab }: Agent): Promise<Heard> =>
  tab.evaluate(() => (window as unknown as { heard: Heard }).heard);

async function heard() {
  const [one, other] = await Promise.all([heardIn(tabs[0]), heardIn(tabs[1])]);
  return {
    notifications: [...one.notifications, ...other.notifications],
    sounds: one.sounds.length + other.sounds.length,
    asked: [one.asked.length, other.asked.length],
  };
}

/** The browser lets no page sound that nobody has touched. */
const touch = (tab: Page) => tab.locator('body').click({ position: { x: 1, y: 1 } });

beforeAll(async () => {
  const first = await page();
  await first.context().addInitScript(listen);
  const noor = await Agent.at(first, 'noor');
  await noor.beAvailable();
  visitor = await servedBy(noor, await page(), 'Do ferns like sun?');
  await noor.goTo('/inbox');
  tabs = [noor, await noor.otherTab()];
  for (const tab of tabs) {
    await tab.inProgress('Do ferns like sun?').waitFor();
    await touch(tab.page);
  }
});

test('[WS41] [AL13] a message that no tab shows calls the agent once, by sound and notification', async () => {
  await visitor.say('And how much water?');
  await eventually(async () => (await heard()).asked, [1, 1]);
  const { notifications, sounds } = await heard();
  expect(notifications).toHaveLength(1);
  expect(notifications[0]).toContain('Visitor');
  expect(sounds).toBe(1);
});

test('[AL14] the title of each tab and the badge show how much is unread', async () => {
  for (const tab of tabs) {
    await eventually(async () => (await tab.page.title()).slice(0, 4), '(2) ');
    expect((await heardIn(tab)).badges.at(-1)).toBe(2);
  }
});

test('[WS41] a message that one of the tabs shows calls nobody', async () => {
  await tabs[1].inProgress('And how much water?').click();
  await tabs[1].composer.waitFor();
  await visitor.say('It stands in the hall.');
  await eventually(async () => (await heard()).asked, [2, 2]);
  const { notifications, sounds } = await heard();
  expect([notifications.length, sounds]).toEqual([1, 1]);
  await tabs[1].end('');
});

test('[WS41] a conversation that waits calls where nothing shows it', async () => {
  const one = await Visitor.at(await page());
  await one.say('Do ferns like wind?');
  await eventually(async () => (await heard()).asked, [3, 3]);
  expect((await heard()).notifications).toHaveLength(1);
  await tabs[0].take('Do ferns like wind?');

  for (const { sidebar } of tabs)
    await sidebar.getByRole('button', { name: 'Queued Chats' }).click();
  await tabs[0].confirm('Move to the queue');
  await eventually(async () => (await heard()).asked, [4, 4]);
  expect((await heard()).notifications).toHaveLength(1);

  const other = await Visitor.at(await page());
  await other.say('Do ferns like frost?');
  await eventually(async () => (await heard()).notifications.length, 2);
  expect((await heard()).notifications.join('\n')).toContain('is waiting in Sales');
});
