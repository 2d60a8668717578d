// The visitor in the queue, with agents who join and leave, and at the end.

import { expect, test } from 'vitest';
import { useAgent } from '../support/answering.ts';
import { audit } from '../support/axe.ts';
import { embedFor, useParley } from '../support/own-parley.ts';
import { eventually, useBrowser, Visitor } from '../support/people.ts';

const GOODBYE = 'We have not heard from you, so we close this for now.';

const parley = useParley({
  departments: [
    { id: 'sales', name: 'Sales', enabled: true },
    {
      id: 'support',
      name: 'Support',
      enabled: true,
      visitor_inactivity: { after_seconds: 1, action: 'close', close_message: GOODBYE },
    },
  ],
});
const url = () => parley().url;
const { page } = useBrowser();
const mara = useAgent('mara', url);
const noor = useAgent('noor', url);

async function aVisitor(text: string, department = 'sales', agent = ''): Promise<Visitor> {
  const visitor = await Visitor.at(await embedFor(await page(), department, agent), url());
  await visitor.say(text);
  await visitor.isDelivered();
  return visitor;
}

const status = (visitor: Visitor) => visitor.panel.getByRole('status');

test('[WG26] the position changes as others are taken, and is gone once an agent serves the visitor', async () => {
  const first = await aVisitor('The first');
  await status(first).getByText('reply here as soon as we’re back').waitFor();
  // An agent who has ended a conversation makes an estimate possible.
  await (await mara.take(first)).end();

  const before = await aVisitor('One before');
  const visitor = await aVisitor('Is it my turn?');
  await status(visitor)
    .getByText('1 person is ahead of you. The wait is about 1–2 minutes.')
    .waitFor();
  await mara.take(before);
  await status(visitor).getByText('You are next. The wait is about 1–2 minutes.').waitFor();
  await audit(visitor.page);

  await visitor.reload();
  await status(visitor).getByText('You are next.').waitFor();
  const agent = await noor.take(visitor);
  await visitor.panel.getByText('Noor Haddad joined the conversation').waitFor();
  await eventually(() => status(visitor).innerText(), '');

  await agent.requeue();
  await status(visitor).getByText('You are next.').waitFor();
  expect(await visitor.thread.getByText('Noor Haddad').count()).toBe(1);
});

const lines = (visitor: Visitor) => visitor.thread.locator('.line').allInnerTexts();
const header = (visitor: Visitor) => visitor.panel.locator('.who');

test('[WG27] the visitor is told who joins, leaves or takes over, and not what agents do among themselves', async () => {
  const visitor = await aVisitor('Can somebody help me with a big order?');
  const agent = await mara.take(visitor);
  const helper = await noor.read(visitor);
  await agent.invite(await parley().agentId('noor'));
  await header(visitor).getByText('with Noor Haddad').waitFor();
  await visitor.panel.getByText('+1').waitFor();
  await helper.say('I can, too.');
  await visitor.thread.getByText('I can, too.').waitFor();
  await helper.stepOut();
  await header(visitor).getByText('Sales').waitFor();

  await agent.say('Which plants?');
  await agent.hold();
  await visitor.say('Forty ferns.');
  await visitor.thread.locator('.message:not(.waiting)').getByText('Forty ferns.').waitFor();
  await agent.forwardTo(await parley().agentId('noor'));
  await header(visitor).getByText('Noor Haddad').waitFor();
  expect(await lines(visitor)).toEqual([
    'You started a conversation',
    'Mara Lindqvist joined the conversation',
    'Noor Haddad joined too',
    'Noor Haddad left the conversation',
    'Noor Haddad joined the conversation',
  ]);
});

test('[WG28] a visitor ends the conversation after confirming it', async () => {
  const visitor = await aVisitor('Thank you, I have found it.');
  await mara.take(visitor);
  const end = visitor.panel.getByRole('button', { name: 'End conversation' });
  const question = visitor.panel.getByRole('alertdialog', { name: 'End this conversation?' });
  await end.click();
  await audit(visitor.page);
  await visitor.page.keyboard.press('Escape');
  await question.waitFor({ state: 'hidden' });
  expect(await visitor.panel.isVisible()).toBe(true);

  await end.click();
  await question.getByRole('button', { name: 'End conversation' }).click();
  await visitor.panel.getByText('You ended the conversation').waitFor();
  expect(await end.count()).toBe(0);
  await visitor.panel.getByRole('button', { name: 'Start a new conversation' }).click();
  await visitor.say('One more thing.');
  await visitor.isDelivered();
  expect(await visitor.said()).toEqual(['One more thing.']);
});

test('[WG28] a visitor can end a conversation in the queue, too', async () => {
  const visitor = await aVisitor('Never mind.');
  await visitor.panel.getByRole('button', { name: 'End conversation' }).click();
  await visitor.panel.getByRole('alertdialog').getByRole('button').last().click();
  await visitor.panel.getByText('You ended the conversation').waitFor();
});

test('[WG29] a conversation that ends automatically shows the message of the settings', async () => {
  const visitor = await aVisitor('Are you there?', 'support');
  const agent = await mara.take(visitor);
  await agent.say('Yes. Are you?');
  await visitor.thread.getByText(GOODBYE).waitFor();
  await visitor.panel.getByRole('button', { name: 'Start a new conversation' }).waitFor();
});

test('[WG30] the agent that the page asks for is preferred', async () => {
  await (await noor.take(await aVisitor('To have Noor at work'))).end();
  await (await mara.take(await aVisitor('To have Mara at work'))).end();
  const visitor = await aVisitor('Is Noor there?', 'sales', await parley().agentId('noor'));
  await visitor.panel.getByText('Noor Haddad joined the conversation').waitFor();
});
