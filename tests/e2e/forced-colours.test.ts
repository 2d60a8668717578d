// Where the system forces its own colours, what is chosen still stands out.

import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { Agent, useBrowser } from '../support/people.ts';

const { page } = useBrowser();

const outlineOf = (part: Locator) =>
  part.evaluate((element) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return `${outlineStyle} ${outlineWidth}`;
  });

test('[AX2] with forced colours the open row and the chosen option and menu item have an outline', async () => {
  const mara = await Agent.at(await page({ forcedColors: 'active' }), 'mara');
  const { keyboard } = mara.page;
  await mara.sidebar.locator('a[href^="/inbox/"]').first().click();
  const row = mara.sidebar.locator('a[aria-current="page"]');
  await row.waitFor();
  expect(await outlineOf(row)).toBe('solid 2px');

  await keyboard.press('Control+k');
  const option = mara.dialog.locator('[role="option"][aria-selected="true"]');
  await option.waitFor();
  expect(await outlineOf(option)).toBe('solid 2px');
  await keyboard.press('Escape');
  await mara.dialog.waitFor({ state: 'hidden' });

  await mara.sidebar.getByRole('button', { name: /^Mara Lindqvist/ }).click();
  await keyboard.press('ArrowDown');
  const item = mara.page.locator('[role^="menuitem"][data-highlighted]');
  await item.waitFor();
  expect(await outlineOf(item)).toBe('solid 2px');
});
