import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { browserFlags } from '../../scripts/browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: inject('browser'), args: browserFlags });
});
afterAll(() => browser.close());

test.each(['/', '/demo/'])('%s answers without an error in the browser', async (path) => {
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  const response = await page.goto(inject('url') + path, { waitUntil: 'load' });
  expect(response?.status()).toBe(200);
  expect(errors).toEqual([]);
  await page.close();
});
