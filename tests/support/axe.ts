// Holds a page to WCAG 2.2 A and AA by axe: light and dark, on a desktop and on a phone.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { DESKTOP, PHONE } from './people.ts';

declare global {
  interface Window {
    axe?: typeof axe;
  }
}

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];
const GRAVE = ['serious', 'critical'];
const source = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** @param prepare brings about, for each look, what would not last until the next */
export async function audit(page: Page, prepare?: () => Promise<void>): Promise<void> {
  const grave: string[] = [];
  for (const viewport of [DESKTOP, PHONE]) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await prepare?.();
      await isStill(page);
      for (const { impact, id, nodes } of await violations(page)) {
        const where = nodes.map(
          ({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary}`,
        );
        const told = `${viewport.width} ${colorScheme}, ${impact}: ${id}\n${where.join('\n')}`;
        if (GRAVE.includes(impact ?? '')) grave.push(told);
        else console.info(told);
      }
    }
  }
  expect(grave.join('\n\n')).toBe('');
}

/** Between the colours of one look and those of the next nothing is legible. */
async function isStill(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const passing = () =>
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    // One may begin where another ends.
    do {
      await Promise.allSettled(passing().map(({ finished }) => finished));
      for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
    } while (passing().length > 0);
  });
}

async function violations(page: Page): Promise<axe.Result[]> {
  // Not a script element: a page runs only scripts of its own.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(await source);
  return page.evaluate(async (values) => {
    const options = { runOnly: { type: 'tag', values }, resultTypes: ['violations'] } as const;
    const found = await window.axe?.run(document, options as unknown as axe.RunOptions);
    return found?.violations ?? [];
  }, TAGS);
}
