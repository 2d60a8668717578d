// What breaks inside an actor while it reads a frame: its client is told by the id of the log entry alone.

import { runInDurableObject } from 'cloudflare:test';
import { env, type DurableObject } from 'cloudflare:workers';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { textBody } from '#shared/conversation/body.ts';
import { newCommandId, newConversationId } from '#shared/ids.ts';
import {
  anAgent,
  aQueuedConversation,
  atOwnStream,
  conversationOf,
  agentActorOf,
  open,
  SALES,
  type Frame,
} from '../testing/people.ts';

const logged: unknown[][] = [];
beforeEach(() => {
  logged.length = 0;
  vi.spyOn(console, 'error').mockImplementation((...entry) => void logged.push(entry));
});
afterEach(() => void vi.restoreAllMocks());

const DEFECT = { type: 'refused', refusal: { code: 'defect' } };

/** The entry in the log that has the id which the client was told. */
function entryOf({ refusal }: Frame): unknown {
  const { request } = (refusal as { details: { request: string } }).details;
  return logged.find(([kind, id]) => kind === 'defect' && id === request)?.[2];
}

const run = (stub: DurableObjectStub<DurableObject>, sql: string) =>
  runInDurableObject(stub, (_instance, { storage }) => void storage.sql.exec(sql));

test('[WP4] a conversation whose storage fails says so, and goes on when it works again', async () => {
  const { id, wire } = await aQueuedConversation();
  const say = { type: 'message.send', body: textBody('Still there?') };
  await run(conversationOf(id), 'ALTER TABLE event RENAME TO gone');
  const commandId = newCommandId();
  const answer = await wire.command(say, { id: commandId });
  expect(answer).toMatchObject({ ...DEFECT, id: commandId });
  expect(String(entryOf(answer))).toContain('no such table');
  await run(conversationOf(id), 'ALTER TABLE gone RENAME TO event');
  expect(await wire.command(say, { id: commandId })).toMatchObject({ type: 'accepted' });
});

test('[WP4] an agent whose storage fails says so, and goes on when it works again', async () => {
  const agent = anAgent('Noor');
  const wire = await atOwnStream(agent);
  const conversationId = newConversationId();
  await agentActorOf(agent).noteOpened(conversationId, Date.now());
  const draft = { type: 'draft.keep', conversationId, text: 'Dear' };
  await run(agentActorOf(agent), 'ALTER TABLE draft RENAME TO gone');
  const answer = await wire.command(draft);
  expect(answer).toMatchObject(DEFECT);
  expect(String(entryOf(answer))).toContain('no such table');
  await run(agentActorOf(agent), 'ALTER TABLE gone RENAME TO draft');
  expect(await wire.command(draft)).toMatchObject({ type: 'accepted' });
});

test('[WP4] a department that can’t read its roster says so, and goes on when it can again', async () => {
  const department = env.DEPARTMENT.getByName(SALES);
  const wire = await open(department, anAgent('Noor'));
  const roster = (mend: boolean) =>
    runInDurableObject(department, (instance: { roster: () => unknown }) => {
      if (mend) Reflect.deleteProperty(instance, 'roster');
      else instance.roster = () => void Number('1').toFixed(200);
    });
  await roster(false);
  const answer = wire.next(({ type }) => type === 'refused');
  wire.send({ type: 'hello', protocol: 2, since: null });
  expect(await answer).toMatchObject({ ...DEFECT, id: null });
  expect(entryOf(await answer)).toBeInstanceOf(RangeError);
  await roster(true);
  expect(await wire.hello()).toMatchObject({ type: 'welcome' });
});
