// Messages that answer, are changed and are deleted, as both sides see it.

import { expect, test } from 'vitest';
import { audit } from '../support/axe.ts';
import { Agent, eventually, useBrowser, Visitor } from '../support/people.ts';

const { page } = useBrowser();

test('[MS1] [MS9] [MS13] an agent answers to a message, and both sides see to which', async () => {
  const visitor = await Visitor.at(await page());
  const agent = await Agent.at(await page(), 'noor');
  await visitor.say('Do you repot bonsai trees?');
  await agent.take('Do you repot bonsai trees?');
  await agent.say('One moment.');
  await visitor.say('I can bring it on Friday.');
  const question = agent.main.locator('[data-side="theirs"]', { hasText: 'repot bonsai' });

  await question.hover();
  await question.getByRole('button', { name: 'Reply to this message' }).click();
  const chip = agent.main.getByRole('status').filter({ hasText: 'In reply to' });
  await chip.getByText('Do you repot bonsai trees?').waitFor();
  await agent.composer.press('Escape');
  await chip.waitFor({ state: 'detached' });

  // By keys: out of the text, to the messages, up to the question.
  await agent.composer.press('Escape');
  await agent.page.keyboard.press('p');
  for (const _ of [1, 2]) await agent.page.keyboard.press('ArrowUp');
  await agent.page.keyboard.press('r');
  await chip.waitFor();
  await agent.composer.fill('We do, from April on.');
  await agent.reload();
  await chip.waitFor();
  await audit(agent.page);
  await agent.composer.press('Enter');
  await chip.waitFor({ state: 'detached' });

  const said = visitor.thread.locator('.message', { hasText: 'from April on' });
  await said.getByRole('button', { name: /In reply to: You/ }).waitFor();
  const answer = agent.main.getByRole('listitem').filter({ hasText: 'from April on' });
  await answer.getByRole('button', { name: /^In reply to/ }).press('Enter');
  await eventually(() => question.evaluate((node) => node === document.activeElement), true);
});

test('[MS3] [MS10] an agent changes what they said last, then deletes it', async () => {
  const visitor = await Visitor.at(await page());
  const agent = await Agent.at(await page(), 'noor');
  await visitor.say('What does delivery cost?');
  await agent.take('What does delivery cost?');
  await agent.say('Delivery is 49 euros.');
  await eventually(() => visitor.said(), ['What does delivery cost?', 'Delivery is 49 euros.']);

  await agent.composer.press('ArrowUp');
  const editor = agent.main.getByRole('textbox', { name: 'Edit the message' });
  await editor.fill('Delivery is 4.90 euros.');
  await editor.press('Enter');
  await editor.waitFor({ state: 'detached' });
  await eventually(() => visitor.said(), ['What does delivery cost?', 'Delivery is 4.90 euros.']);
  await visitor.thread.getByText('edited').waitFor();
  await agent.inProgress('4.90 euros').waitFor();

  await agent.composer.press('Escape');
  await agent.page.keyboard.press('p');
  await agent.page.keyboard.press('Delete');
  await agent.dialog.getByRole('button', { name: 'Delete' }).click();
  await eventually(() => visitor.said(), ['What does delivery cost?', 'This message was deleted.']);
  await agent.inProgress('This message was deleted.').waitFor();
  await visitor.reload();
  await eventually(() => visitor.said(), ['What does delivery cost?', 'This message was deleted.']);
  expect(await agent.main.innerText()).not.toContain('euros');
});
