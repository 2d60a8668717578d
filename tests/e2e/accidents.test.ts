// What an agent types a moment too early, or in the wrong place, does no harm.

import { expect, test } from 'vitest';
import { Agent, eventually, useBrowser, Visitor } from '../support/people.ts';

const { page } = useBrowser();

async function inTalk(question: string) {
  const visitor = await Visitor.at(await page());
  await visitor.say(question);
  const agent = await Agent.at(await page(), 'noor');
  await agent.take(question);
  return { visitor, agent };
}

test('[WS42] what is typed beside the field goes into it, and letters do nothing else', async () => {
  const { visitor, agent } = await inTalk('Do ferns like the bath?');
  const { keyboard } = agent.page;
  await agent.main.getByText('Do ferns like the bath?').first().click();
  await keyboard.type('Hi there, they each do');
  await expect.poll(() => agent.composer.inputValue()).toBe('Hi there, they each do');
  expect(await agent.dialog.count()).toBe(0);
  await keyboard.press('Enter');
  await eventually(() => visitor.said(), ['Do ferns like the bath?', 'Hi there, they each do']);
  await agent.end('');
});

test('[WS42] after Escape a letter is a shortcut, and the space after it confirms nothing', async () => {
  const { visitor, agent } = await inTalk('Do ferns like the shower?');
  const { keyboard } = agent.page;
  await agent.say('Very much.');
  await eventually(() => visitor.said(), ['Do ferns like the shower?', 'Very much.']);
  await keyboard.press('Escape');
  await keyboard.press('h');
  await keyboard.press(' ');
  const place = agent.dialog.getByRole('button', { name: 'Place on hold', exact: true });
  await place.waitFor();
  expect(await agent.onHold('Very much.').count()).toBe(0);
  await place.click();
  await agent.onHold('Very much.').waitFor();
});

test('[WS43] a command that there is none of stays in the field', async () => {
  const { visitor, agent } = await inTalk('Do ferns like the rain?');
  await agent.say('/close');
  await agent.page.getByText('There is no command “/close”').waitFor();
  expect(await agent.composer.inputValue()).toBe('/close');
  await agent.say('They do.');
  await eventually(() => visitor.said(), ['Do ferns like the rain?', 'They do.']);
  await agent.end('');
});
