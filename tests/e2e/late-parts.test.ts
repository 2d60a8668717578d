// What a page does not need at first comes after it. An agent may be faster.

import { readFile } from 'node:fs/promises';
import type { Route } from 'playwright-core';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { fromRoot } from '../../scripts/paths.ts';
import { Agent, useBrowser } from '../support/people.ts';

const { page } = useBrowser();

const manifestSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.record(v.string(), v.looseObject({ file: v.string() })),
);

/** Loads the agent's page without a component. Answers with what lets it through. */
async function holdBack(agent: Agent, component: string): Promise<() => Promise<void>> {
  const path = fromRoot('.svelte-kit/output/client/.vite/manifest.json');
  const manifest = v.parse(manifestSchema, await readFile(path, 'utf8'));
  const asked = Promise.withResolvers<Route>();
  await agent.page.route(`**/${manifest[component]?.file}`, asked.resolve);
  await agent.reload();
  const route = await asked.promise;
  return () => route.continue();
}

test('[WS63] a click on the agent’s menu opens it when it has come', async () => {
  const agent = await Agent.at(await page(), 'noor');
  const bring = await holdBack(agent, 'web/lib/features/sidebar/OpenableAgentMenu.svelte');
  await agent.sidebar.getByRole('button', { name: 'Noor Haddad' }).click();
  expect(await agent.page.getByRole('menu').count()).toBe(0);
  await bring();
  await agent.page.getByRole('menuitem', { name: 'Keyboard shortcuts' }).waitFor();
});

test('[WS63] a button works before its tooltip has come, which then tells pointer and keyboard', async () => {
  const agent = await Agent.at(await page(), 'noor');
  const bring = await holdBack(agent, 'web/lib/ui/Tooltips.svelte');
  const { keyboard, mouse } = agent.page;
  const button = agent.sidebar.getByRole('button', { name: 'Commands and people' });
  const tooltip = agent.page.locator('.tooltip', { hasText: 'Commands and people' });
  await button.click();
  await agent.dialog.waitFor();
  await keyboard.press('Escape');
  await agent.dialog.waitFor({ state: 'hidden' });
  await button.hover();
  await bring();
  await tooltip.waitFor();
  expect(await button.getAttribute('aria-describedby')).toBe(await tooltip.getAttribute('id'));
  await mouse.move(700, 500);
  await tooltip.waitFor({ state: 'hidden' });
  await keyboard.press('Shift+Tab');
  await keyboard.press('Tab');
  await tooltip.waitFor();
});
