// The people of a story: visitors at the demo shop and agents in the workspace, each in their own browser.

import {
  chromium,
  type Browser,
  type BrowserContextOptions,
  type Locator,
  type Page,
} from 'playwright-core';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { browserFlags } from '../../scripts/browser.ts';
import { conversationIdSchema, type ConversationId } from '#shared/ids.ts';
import { DEMO_PASSWORD } from '../../scripts/demo.ts';

export const DESKTOP = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };
const PATIENCE_MS = 30_000;

/**
 * Launches the browser for a file of stories; call it once at its top.
 * @param which `wholeBrowser` for stories with notifications
 */
export function useBrowser(which: 'browser' | 'wholeBrowser' = 'browser'): {
  page: (options?: BrowserContextOptions) => Promise<Page>;
} {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: inject(which), args: browserFlags });
  });
  afterAll(() => browser.close());
  return {
    /** A page in a context of its own, that fails the story on any error in it. */
    async page(options = {}) {
      const context = await browser.newContext({
        viewport: DESKTOP,
        locale: 'en-GB',
        reducedMotion: 'reduce',
        ...options,
      });
      context.setDefaultTimeout(PATIENCE_MS);
      const page = await context.newPage();
      page.on('pageerror', (error) => expect.unreachable(`the page threw: ${error.message}`));
      return page;
    },
  };
}

/** Waits until what `read` finds equals `wanted`; tells what it was when patience ends. */
export async function eventually<T>(read: () => Promise<T>, wanted: T): Promise<void> {
  await expect.poll(read, { timeout: PATIENCE_MS, interval: 50 }).toEqual(wanted);
}

export class Visitor {
  readonly page: Page;
  readonly launcher: Locator;
  readonly panel: Locator;
  readonly thread: Locator;
  readonly composer: Locator;
  #conversationId: string | undefined;

  constructor(page: Page) {
    this.page = page;
    page.on('websocket', (socket) => {
      this.#conversationId = new URL(socket.url()).pathname.split('/').at(-1);
    });
    this.launcher = page.getByRole('button', { name: /^Chat with us/ });
    this.panel = page.getByRole('dialog', { name: 'Chat with us' });
    this.thread = this.panel.getByRole('log');
    this.composer = this.panel.getByRole('textbox');
  }

  /** At the shop, with the panel open. */
  static async at(page: Page, url = inject('url'), path = '/demo/'): Promise<Visitor> {
    const visitor = new Visitor(page);
    await page.goto(url + path);
    await visitor.open();
    return visitor;
  }

  async open(): Promise<void> {
    await this.launcher.click();
    await this.composer.waitFor();
  }

  /** The panel is open again. In a conversation it has stayed open, where the screen is wide. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.launcher.waitFor();
    await this.page.evaluate('Parley.open()');
    await this.composer.waitFor();
  }

  async say(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
  }

  /** Another tab of the same visitor, with the panel open. */
  async otherTab(): Promise<Visitor> {
    const page = await this.page.context().newPage();
    return Visitor.at(page, new URL(this.page.url()).origin);
  }

  /** The messages in the thread, in order. */
  said(): Promise<string[]> {
    return this.thread.locator('.message').allInnerTexts();
  }

  /** Something was written, and the server has all of it. */
  async isDelivered(): Promise<void> {
    await this.thread.locator('.message').first().waitFor();
    await eventually(() => this.thread.locator('.message.waiting').count(), 0);
  }

  /** The one whose line was opened last. */
  get conversationId(): ConversationId {
    return v.parse(conversationIdSchema, this.#conversationId);
  }
}

export class Agent {
  readonly page: Page;
  readonly main: Locator;
  readonly sidebar: Locator;

  private constructor(page: Page) {
    this.page = page;
    this.main = page.getByRole('main');
    this.sidebar = page.getByRole('navigation', { name: 'Conversations' });
  }

  /** Signed in, and at the inbox. The page that asks for it has stories of its own. */
  static async at(page: Page, username: string, url = inject('url')): Promise<Agent> {
    const data = { email: `${username}@parley.example`, password: DEMO_PASSWORD };
    const answer = await page.request.post(`${url}/api/session`, {
      data,
      headers: { origin: url },
    });
    expect(answer.status()).toBe(204);
    const agent = await Agent.#on(page);
    await agent.goTo(`${url}/inbox`);
    return agent;
  }

  static async #on(page: Page): Promise<Agent> {
    const agent = new Agent(page);
    // Stories leave conversations in the queue for each other, and of a long one only the beginning is shown.
    const more = agent.sidebar.getByRole('button', { name: /^\d+ more$/ });
    await page.addLocatorHandler(more, (button) => button.click(), { noWaitAfter: true });
    return agent;
  }

  /** Another tab of the same agent. */
  async otherTab(): Promise<Agent> {
    const tab = await Agent.#on(await this.page.context().newPage());
    await tab.goTo(this.page.url());
    return tab;
  }

  async goTo(path: string): Promise<void> {
    await this.#alive(() => this.page.goto(new URL(path, this.page.url()).href));
  }

  async reload(): Promise<void> {
    await this.#alive(() => this.page.reload());
  }

  /** A page that was loaded afresh hears keys and clicks only once its lines open. */
  async #alive(load: () => Promise<unknown>): Promise<void> {
    const alive = this.page.waitForEvent('websocket');
    await load();
    await alive;
  }

  inQueue(text: string): Locator {
    return this.sidebar
      .getByRole('region', { name: 'Queued Chats' })
      .getByRole('link', { name: text });
  }

  inProgress(text: string | RegExp): Locator {
    return this.sidebar
      .getByRole('region', { name: 'Chats in Progress' })
      .getByRole('link', { name: text });
  }

  onHold(text: string): Locator {
    return this.sidebar.getByRole('region', { name: 'On hold' }).getByRole('link', { name: text });
  }

  async beAvailable(): Promise<void> {
    const state = (name: string) => this.sidebar.getByRole('button', { name });
    if (await state(', Away').isVisible()) await this.page.keyboard.press('a');
    await state(', Available').waitFor();
  }

  /** An icon at the top of the conversation. */
  quick(name: string): Locator {
    return this.main
      .getByRole('group', { name: 'Quick actions' })
      .getByRole('button', { name, exact: true });
  }

  /** Why the icon can't be used, as its tooltip tells. */
  async why(name: string): Promise<string> {
    await this.quick(name).hover();
    const told = this.main.locator('.tooltip', { hasText: name });
    await told.waitFor();
    return told.innerText();
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  /** The word at the top of the page about how an action went. */
  async isTold(text: string): Promise<void> {
    await this.page.getByRole('status').getByText(text).first().waitFor();
  }

  /** Chooses the quick action, and confirms it in its dialog. */
  async confirm(name: string, submit = name): Promise<void> {
    await this.quick(name).click();
    await this.dialog.getByRole('button', { name: submit, exact: true }).click();
    await this.dialog.waitFor({ state: 'hidden' });
  }

  /** Opens the queued conversation whose last message contains `text`, and takes it. */
  async take(text: string): Promise<void> {
    await this.inQueue(text).click();
    // Not the icon at the top, which the conversation before has as well.
    const bar = this.main.locator('.footing');
    const available = bar.getByRole('button', { name: 'Become available' });
    const take = bar.getByRole('button', { name: 'Take it' });
    await take.waitFor();
    if (await available.isVisible()) await available.click();
    await take.click();
    await this.composer.waitFor();
  }

  get composer(): Locator {
    return this.main.getByRole('textbox', { name: /^Reply to/ });
  }

  async say(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
  }

  async end(comment: string): Promise<void> {
    await this.main.getByRole('button', { name: 'End conversation' }).click();
    const dialog = this.page.getByRole('dialog');
    await dialog.getByLabel('Comment').fill(comment);
    await dialog.getByRole('button', { name: 'End conversation' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await this.endNow();
  }

  /** Does without the time in which the end could be undone. */
  async endNow(): Promise<void> {
    await this.notice('is about to end').getByRole('button', { name: 'Dismiss' }).click();
  }

  notice(text: string): Locator {
    return this.page.locator('.notice', { hasText: text });
  }

  /** The messages in the thread, in order. */
  said(): Promise<string[]> {
    return this.main
      .getByRole('region', { name: /^Messages with/ })
      .locator('.text')
      .allInnerTexts();
  }
}
