// A visitor and an agent talk, each in their own browser.

import { expect, inject, onTestFinished, test } from 'vitest';
import { Proxy } from '../support/proxy/proxy.ts';
import { Agent, eventually, useBrowser, Visitor } from '../support/people.ts';

const { page } = useBrowser();

test('[CV3] from the first message to the end without a reload', async () => {
  const visitor = await Visitor.at(await page());
  const agent = await Agent.at(await page(), 'noor');

  await visitor.say('Do you sell olive trees?');
  await agent.take('Do you sell olive trees?');
  await visitor.panel.getByText('Noor Haddad joined the conversation').waitFor();

  await agent.composer.pressSequentially('We');
  await visitor.panel.getByText('Noor Haddad is typing').waitFor();
  await agent.say('We do, two sizes.');
  await visitor.panel.getByText('Noor Haddad is typing').waitFor({ state: 'hidden' });
  await visitor.composer.pressSequentially('Both');
  await agent.main.getByText(/is typing/).waitFor();
  await agent.inProgress(/is typing/).waitFor();
  await visitor.say('Both, please.');

  const talk = ['Do you sell olive trees?', 'We do, two sizes.', 'Both, please.'];
  await eventually(() => visitor.said(), talk);
  await eventually(() => agent.said(), talk);
  await eventually(() => visitor.panel.getByText('Seen').count(), 2);

  await agent.end('Sold two trees');
  await visitor.panel.getByText('Noor Haddad ended the conversation').waitFor();
  await agent.main.getByText('Sold two trees').first().waitFor();
  expect(await visitor.panel.innerText()).not.toContain('Sold two trees');
});

test('[DC1] [DC4] a reload and a cut connection lose and double nothing', async () => {
  const proxy = await Proxy.toUrl(inject('url'));
  onTestFinished(() => proxy.close());
  const visitor = await Visitor.at(await page());
  const agent = await Agent.at(await page(), 'noor', proxy.url);

  await visitor.say('Is anybody there?');
  await agent.take('Is anybody there?');
  await agent.say('Yes, I am.');
  await eventually(() => visitor.said(), ['Is anybody there?', 'Yes, I am.']);

  proxy.cut();
  await agent.say('Written while the line was cut.');
  await visitor.say('Before the reload.');
  await visitor.reload();
  await visitor.say('After the reload.');
  const heard = ['Is anybody there?', 'Yes, I am.', 'Before the reload.', 'After the reload.'];
  await eventually(() => visitor.said(), heard);

  proxy.restore();
  const whole = [...heard, 'Written while the line was cut.'];
  await eventually(() => visitor.said(), whole);
  await eventually(() => agent.said(), whole);
  await agent.end('');
});

test('[CV5] what happens in one tab shows in the others', async () => {
  const visitor = await Visitor.at(await page());
  const agent = await Agent.at(await page(), 'noor');
  const colleague = await Agent.at(await page(), 'mara');

  await visitor.say('My parcel is late.');
  await colleague.inQueue('My parcel is late.').click();
  const tab = await agent.otherTab();
  await agent.take('My parcel is late.');

  await colleague.main.getByText('Noor Haddad took the conversation').waitFor();
  await colleague.inQueue('My parcel is late.').waitFor({ state: 'hidden' });
  await tab.inProgress('My parcel is late.').waitFor();
  await agent.end('');
  await tab.inProgress('My parcel is late.').waitFor({ state: 'hidden' });
});

test('[CV6] a visitor who writes after the end starts a new conversation', async () => {
  const visitor = await Visitor.at(await page());
  const agent = await Agent.at(await page(), 'noor');
  await visitor.say('Just a question about ferns.');
  await agent.take('Just a question about ferns.');
  await agent.end('');
  await visitor.panel.getByText('ended the conversation').waitFor();
  await visitor.say('And one about mosses.');
  await agent.inQueue('And one about mosses.').waitFor();
});
