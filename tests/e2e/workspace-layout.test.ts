// The workspace at every width, mirrored and at length: nothing lies over something else, sentences keep their order, and
// nothing jumps.

import type { Locator } from 'playwright-core';
import * as v from 'valibot';
import { expect, inject, test } from 'vitest';
import { meBody } from '#shared/api.ts';
import { textBody } from '#shared/conversation/body.ts';
import { pairIdOf } from '#shared/direct-chat/pair.ts';
import type { AgentId } from '#shared/ids.ts';
import { ParleyClient } from '../../scripts/client/parley-client.ts';
import { Wire } from '../../scripts/client/wire.ts';
import { DEMO_PASSWORD } from '../../scripts/demo.ts';
import { servedBy } from '../support/colleagues.ts';
import { Agent, useBrowser } from '../support/people.ts';

const { page } = useBrowser();
const WIDTHS = [320, 390, 768, 820, 899, 900, 1024, 1200, 1440];

async function boxOf(part: Locator) {
  const box = await part.boundingBox();
  if (!box) throw new Error('it is not shown');
  return { from: box.x, to: box.x + box.width };
}

test('[WS56] what a header says about a conversation keeps clear of its actions', async () => {
  const noor = await Agent.at(await page(), 'noor');
  await servedBy(noor, await page(), 'Is the palm wide?');
  const { keyboard } = noor.page;
  await keyboard.press('Escape');
  await keyboard.press('d');
  const form = noor.page.getByRole('form', { name: 'Edit the details' });
  await form.getByLabel('Priority').selectOption({ label: 'Urgent' });
  await form.getByLabel('SLA').selectOption({ index: 1 });
  await form.getByRole('button', { name: 'Save' }).click();
  await noor.main.getByText('Due in').first().waitFor();

  for (const width of WIDTHS) {
    await noor.page.setViewportSize({ width, height: 800 });
    const header = noor.main.locator('header');
    const actions = await boxOf(header.getByRole('group', { name: 'Quick actions' }));
    for (const said of await header.locator('.who p > *:visible').all()) {
      expect((await boxOf(said)).to, `at ${width}`).toBeLessThanOrEqual(actions.from);
    }
    expect(actions.to, `at ${width}`).toBeLessThanOrEqual(width);
  }
  await noor.page.setViewportSize({ width: 1440, height: 900 });
  await noor.end('');
});

test('[WS58] on a mirrored page a sentence ends where its own script ends', async () => {
  const noor = await Agent.at(await page(), 'noor');
  await servedBy(noor, await page(), 'Is the palm tall?');
  await noor.page.locator('html').evaluate((root) => root.setAttribute('dir', 'rtl'));
  await noor.quick('Move to the queue').click();
  const says = noor.dialog.getByText('until an agent takes it.');
  const [letter, stop] = await says.evaluate((sentence) => {
    const text = sentence.firstChild as Text; // It is one text, and nothing else.
    return [2, 1].map((fromEnd) => {
      const range = document.createRange();
      range.setStart(text, text.length - fromEnd);
      range.setEnd(text, text.length - fromEnd + 1);
      return range.getBoundingClientRect().x;
    });
  });
  expect(stop).toBeGreaterThan(letter ?? 0);
  await noor.page.keyboard.press('Escape');
  await noor.end('');
});

const SAID = 260;

/** Says much to Theo, as Noor. Answers with Theo's id. */
async function sayMuch(url: string): Promise<AgentId> {
  const client = new ParleyClient(url);
  const signedIn = async (username: string) => {
    const cookie = await client.signIn(`${username}@parley.example`, DEMO_PASSWORD);
    const me = await client.request('/api/me', { headers: { cookie } });
    return { cookie, id: v.parse(meBody, await me.json()).agentId };
  };
  const [noor, theo] = [await signedIn('noor'), await signedIn('theo')];
  const headers = { cookie: noor.cookie, origin: url };
  const path = `/ws/direct-chats/${pairIdOf(noor.id, theo.id)}`;
  const wire = await Wire.open(url, path, { headers });
  for (let index = 1; index <= SAID; index++)
    await wire.must({ type: 'message.send', body: textBody(`Moss ${index}.`) });
  wire.close();
  return theo.id;
}

/** Scrolls on until a text is in sight. Tells which messages were in the page on the way. */
const scrollTo = (thread: Locator, until: string, step: number) =>
  thread.evaluate(
    async (scroller, [wanted, by]) => {
      const frame = () => new Promise(requestAnimationFrame);
      const passed = new Set<string>();
      const found = { rows: 0, moved: 0 };
      for (let isThere = false; !isThere;) {
        const rows = [...scroller.querySelectorAll('ol > li')];
        for (const row of rows)
          for (const [text] of row.textContent.matchAll(/Moss \d+/g)) passed.add(text);
        found.rows = Math.max(found.rows, rows.length);
        const topOf = (row: Element) => row.getBoundingClientRect().top;
        const anchor = rows.find((row) => topOf(row) > innerHeight / 2) ?? rows.at(-1);
        scroller.scrollBy(0, by);
        const before = anchor ? topOf(anchor) : 0;
        await frame();
        await frame();
        if (anchor?.isConnected)
          found.moved = Math.max(found.moved, Math.abs(topOf(anchor) - before));
        isThere = rows.some((row) => row.textContent.includes(wanted) && topOf(row) > 0);
      }
      return { ...found, passed: passed.size };
    },
    [until, step] as const,
  );

test('[WS64] of a long thread few rows are in the page, and none moves while further ones come', async () => {
  const noor = await Agent.at(await page(), 'noor');
  await noor.goTo(`/direct/${await sayMuch(inject('url'))}`);
  const thread = noor.main.getByRole('region', { name: 'Messages with' });
  const up = await scrollTo(thread, 'Moss 1.', -800);
  await noor.main.getByRole('button', { name: 'Go to the latest message' }).waitFor();
  const down = await scrollTo(thread, `Moss ${SAID}.`, 800);
  for (const { passed, rows, moved } of [up, down]) {
    expect(passed).toBe(SAID);
    expect(rows).toBeLessThanOrEqual(201);
    expect(moved).toBeLessThan(1);
  }
});
