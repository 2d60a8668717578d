// npm run pictures: takes the pictures of docs/pictures again, with data of its own that is deleted afterwards.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { textBody } from '#shared/conversation/body.ts';
import { newConversationId, type ConversationId } from '#shared/ids.ts';
import { browserFlags, findBrowser } from './browser.ts';
import { build } from './build.ts';
import { DEMO_PASSWORD } from './demo.ts';
import { ParleyClient } from './client/parley-client.ts';
import { fromRoot } from './paths.ts';
import { task } from './run.ts';
import { seed } from './seed.ts';
import { serve } from './serve.ts';
import type { Wire } from './client/wire.ts';

const NOOR = 'noor@parley.example';

/** The talk in the pictures; the visitor begins. */
const TALK = [
  ['visitor', 'Hi! What would survive in my hallway? It is rather dark.'],
  ['agent', 'Hello, and welcome! A snake plant: little light, little water, no complaints.'],
  ['agent', 'It is € 29 and comes in its pot.'],
  ['visitor', 'Sounds like my kind of plant 😄 Is it safe for my cat?'],
  ['agent', 'Not if she nibbles, sorry. A pilea is, and a north window is enough for it.'],
  ['visitor', 'A pilea, then! Could it be here by Friday?'],
] as const;
const WAITED_MS = 4 * 60_000;
const DRAFT = 'If you order today, it ';

/** Who else has written. The first is Noor's already and has just answered; the others wait. */
const OTHERS = [
  { department: 'support', texts: ['My olive tree drops its leaves.', 'It stands by the heater.'] },
  { department: 'sales', texts: ['Do you deliver to Austria?'] },
  { department: 'support', texts: ['Der Topf kam mit einem Sprung an.'] },
] as const;

const LOOKS = [
  { viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
  { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' },
  { viewport: { width: 390, height: 844 }, colorScheme: 'light' },
  { viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
] as const;

/** In the visitor's browser: the panel, with what they have said so far. */
async function openPanel(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/demo/`, { waitUntil: 'networkidle' });
  await page.getByRole('button', { name: /^Chat with us/ }).click();
  await page.getByRole('textbox', { name: 'Write a message' }).waitFor();
}

async function beginTalk(page: Page, url: string): Promise<ConversationId> {
  const opened = page.waitForEvent('websocket');
  await openPanel(page, url);
  await page.keyboard.type(TALK[0][1]);
  await page.keyboard.press('Enter');
  await page.getByText('Sent', { exact: true }).waitFor();
  // The socket's address ends with the conversation's id.
  return new URL((await opened).url()).pathname.split('/').at(-1) as ConversationId;
}

async function goOn(page: Page, noor: Wire): Promise<void> {
  for (const [from, text] of TALK.slice(1)) {
    if (from === 'agent') await noor.must({ type: 'message.send', body: textBody(text) });
    else {
      await page.keyboard.type(text);
      await page.keyboard.press('Enter');
    }
    await page.locator('.message:not(.waiting)').getByText(text).waitFor();
  }
}

async function bringOthers(client: ParleyClient): Promise<void> {
  for (const [index, { department, texts }] of OTHERS.entries()) {
    const id = newConversationId();
    const visitor = await client.visitor(id);
    const [text = '', ...rest] = texts;
    const page = 'https://juniper.example/';
    await visitor.must({
      type: 'conversation.open',
      departmentId: department,
      body: textBody(text),
      previousId: null,
      page,
      locale: null,
    });
    if (index === 0) {
      const noor = await client.agent(NOOR, DEMO_PASSWORD, id);
      await noor.must({ type: 'conversation.take' });
      await noor.must({ type: 'message.send', body: textBody('Oh dear. Where does it stand?') });
      noor.close();
    }
    for (const more of rest) await visitor.must({ type: 'message.send', body: textBody(more) });
    visitor.close();
  }
}

async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByLabel('Email').fill(NOOR);
  await page.getByLabel('Password').fill(DEMO_PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/inbox');
}

async function take(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: fromRoot('docs/pictures', `${name}.png`), animations: 'disabled' });
}

await task(async () => {
  await build();
  const stateFolder = await mkdtemp(join(tmpdir(), 'parley-pictures-'));
  const { url, directory, stop } = await serve({ port: 0, stateFolder, quiet: true });
  const browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: browserFlags,
  });
  const common = { locale: 'en-GB', reducedMotion: 'reduce' } as const;

  /** One page in every look, as the owner of `context` sees it. */
  async function inEveryLook(
    context: BrowserContext,
    name: string,
    show: (page: Page) => Promise<void>,
  ): Promise<void> {
    const storageState = await context.storageState();
    for (const look of LOOKS) {
      const deviceScaleFactor = look.viewport.width < 1000 ? 2 : 1.25;
      const other = await browser.newContext({
        ...common,
        ...look,
        deviceScaleFactor,
        storageState,
      });
      const page = await other.newPage();
      await show(page);
      const dark = look.colorScheme === 'dark' ? '-dark' : '';
      await take(page, `${name}-${look.viewport.width}${dark}`);
      await other.close();
    }
  }

  try {
    await seed({ url, directory });
    const client = new ParleyClient(url);
    await bringOthers(client);

    const atShop = await browser.newContext(common);
    const visitor = await atShop.newPage();
    const id = await beginTalk(visitor, url);
    const noor = await client.agent(NOOR, DEMO_PASSWORD, id);
    await noor.must({ type: 'conversation.take' });
    await goOn(visitor, noor);

    const atOwnStream = await browser.newContext(common);
    const agent = await atOwnStream.newPage();
    await signIn(agent, url);
    await agent.goto(`${url}/inbox/${id}`);
    await visitor.getByText('Seen').last().waitFor();

    const composing = visitor.getByRole('textbox', { name: 'Write a message' });
    await inEveryLook(atOwnStream, 'workspace', async (page) => {
      // Nobody waits for mere seconds.
      await page.clock.setSystemTime(Date.now() + WAITED_MS);
      await page.goto(`${url}/inbox/${id}`, { waitUntil: 'networkidle' });
      await page.getByRole('textbox', { name: /^Reply to/ }).fill(DRAFT);
      const typing = page.getByRole('main').getByText(/is typing/);
      while (!(await typing.isVisible())) {
        // Emptied first: that somebody types on is told only every few seconds.
        await composing.fill('');
        await composing.fill('I am');
        await typing.waitFor({ timeout: 1000 }).catch(() => {}); // A page that had no line yet missed it.
      }
    });
    await visitor.close();
    await inEveryLook(atShop, 'widget', async (page) => {
      await openPanel(page, url);
      await page.getByText(TALK[5][1]).waitFor();
      noor.signal({ type: 'typing', typing: true });
      await page.getByText('Noor Haddad is typing').waitFor();
    });
  } finally {
    await browser.close();
    await stop();
    await rm(stateFolder, { recursive: true, force: true });
  }
});
