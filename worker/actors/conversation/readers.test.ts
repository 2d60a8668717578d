// Who reads a conversation from outside its department, and until when.

import { beforeEach, expect, test } from 'vitest';
import { textBody } from '#shared/conversation/body.ts';
import { resetAll } from '../../testing/reset-all.ts';
import {
  anAgent,
  aServedConversation,
  at,
  atOwnStream,
  codeOf,
  conversationOf,
  SUPPORT,
} from '../../testing/people.ts';

beforeEach(resetAll);

const endWith = (comment: string) => ({ type: 'conversation.end', comment });

test('[RT36] the agent who served it to its end can still read it', async () => {
  const { id, agentWire } = await aServedConversation(anAgent('Noor'));
  const mara = anAgent('Mara', { departments: [SUPPORT] });
  await atOwnStream(mara);
  const to = { kind: 'agent', agentId: mara.agentId };
  await agentWire.must({ type: 'conversation.forward', to, comment: null });
  const wire = await at(id, mara);
  await wire.must(endWith('All is well'));
  const snapshot = await conversationOf(id).snapshot(mara);
  expect(snapshot).toMatchObject({ ok: true, value: { state: { comment: 'All is well' } } });
  const again = await at(id, mara);
  expect(again.frames).toMatchObject([{ type: 'welcome', state: { status: 'closed' } }]);
});

test('[CV13] who helped hears all of the end, and reads it no more', async () => {
  const { id, agentWire } = await aServedConversation(anAgent('Noor'));
  const mara = anAgent('Mara', { departments: [SUPPORT] });
  await atOwnStream(mara);
  await agentWire.must({ type: 'agent.invite', agentId: mara.agentId });
  const wire = await at(id, mara);
  await agentWire.must(endWith('All is well'));
  await wire.event('conversation.ended');
  expect((await wire.event('comment.added')).text).toBe('All is well');
  const snapshot = await conversationOf(id).snapshot(mara);
  expect(snapshot).toMatchObject({ ok: false, refusal: { code: 'conversation.unknown' } });
  expect(codeOf(await wire.command({ type: 'message.send', body: textBody('Bye') }))).toBe(
    'conversation.unknown',
  );
});
