// Visitors at the address of a conversation that nobody has opened.

import { expect, test } from 'vitest';
import { newConversationId } from '#shared/ids.ts';
import { aVisitor, at, opening } from '../../testing/people.ts';

const typing = { type: 'signal', signal: { type: 'typing', typing: true } };

test('[CV14] the visitor who opens it is alone in it, before anything is told', async () => {
  const id = newConversationId();
  const [owner, other] = [aVisitor(), aVisitor()];
  const [wire, tab, stranger] = [await at(id, owner), await at(id, owner), await at(id, other)];
  await wire.must(opening('My address is a secret'));
  expect(await stranger.closed).toBe(4403);
  expect(stranger.frames.map(({ type }) => type)).toEqual(['welcome']);
  expect(await tab.event('message.sent')).toMatchObject({
    body: { text: 'My address is a secret' },
  });
});

test('[CV14] nobody’s signals are heard before it is opened', async () => {
  const id = newConversationId();
  const [one, other] = [await at(id, aVisitor()), await at(id, aVisitor())];
  other.send(typing);
  // Its answer comes after all that was said before.
  await other.hello();
  await one.hello();
  expect(one.frames.map(({ type }) => type)).toEqual(['welcome', 'welcome']);
});
