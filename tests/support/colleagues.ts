// Noor and Mara at work: stories of what becomes of a conversation need both.

import type { Page } from 'playwright-core';
import { Agent, Visitor } from './people.ts';

/** Noor is available; Mara is only there. */
export async function noorAndMara(page: () => Promise<Page>): Promise<[noor: Agent, mara: Agent]> {
  const noor = await Agent.at(await page(), 'noor');
  const mara = await Agent.at(await page(), 'mara');
  await noor.beAvailable();
  return [noor, mara];
}

/** A visitor whose conversation the agent serves. */
export async function servedBy(
  agent: Agent,
  page: Page,
  text: string,
  url?: string,
): Promise<Visitor> {
  const visitor = await Visitor.at(page, url);
  await visitor.say(text);
  await agent.take(text);
  return visitor;
}
