// The pages of direct chats, and who finds whom there.

import { env, exports } from 'cloudflare:workers';
import { beforeAll, expect, test } from 'vitest';
import * as v from 'valibot';
import { textBody } from '#shared/conversation/body.ts';
import { directChatBody } from '#shared/direct-chat/api.ts';
import { pairIdOf } from '#shared/direct-chat/pair.ts';
import { conversationSearchBody } from '#shared/search/bodies.ts';
import { agentIdSchema, newCommandId } from '#shared/ids.ts';
import { tellAgent } from '../../io/tell-agent.ts';
import { addAccount, codeOf, signedIn } from '../../testing/accounts.ts';
import { eventually } from '../../testing/eventually.ts';
import { saidIn } from '../../testing/people.ts';

let cookie: string;
const idOf = (username: string) => v.parse(agentIdSchema, `agent-${username}`);
const [noor, mara, theo] = [idOf('noor'), idOf('mara'), idOf('theo')];

beforeAll(async () => {
  for (const username of ['noor', 'mara', 'theo']) await addAccount(username);
  cookie = await signedIn('noor');
});

const get = (path: string): Promise<Response> =>
  exports.default.fetch(
    new Request(`https://parley.test/api/direct-chats/${path}`, { headers: { cookie } }),
  );
const pageOf = async (path: string) => v.parse(directChatBody, await (await get(path)).json());

const write = (from: typeof noor, to: typeof noor, text: string) =>
  env.DIRECT_CHAT.getByName(pairIdOf(from, to)).perform(
    {
      ...{ kind: 'agent', agentId: from, name: 'Theo', departments: [], permissions: [] },
      maxConversations: null,
    },
    { type: 'message.send', body: textBody(text) },
    newCommandId(),
    0,
  );

test('[DR8] a colleague is found by id and by username, and both lead to one chat', async () => {
  const [byName, byId] = [await pageOf('mara'), await pageOf(mara)];
  expect(byName).toEqual(byId);
  expect(byName).toMatchObject({
    ...{ pairId: pairIdOf(noor, mara), isOpen: true, seq: 0 },
    colleague: { agentId: mara, name: 'mara', username: 'mara' },
  });
});

test.each(['nobody', 'noor', 'agent-noor', 'a:b'])('[DR8] %s is no colleague', async (name) => {
  expect(await codeOf(await get(name))).toBe('agent.unknown');
});

test('[DR8] earlier messages come by pages', async () => {
  await write(mara, noor, 'One');
  await write(mara, noor, 'Two');
  const answer = await get('mara/events?before=2');
  expect(await answer.json()).toMatchObject({
    ...{ events: [{ seq: 1, body: { text: 'One' } }], hasEarlier: false },
  });
  expect(await codeOf(await get('mara/events?before=now'))).toBe('body.malformed');
});

test('[DR13] what was said is searched by words and patterns', async () => {
  await write(mara, noor, 'The fern ORD-12 is in stock.');
  const find = async (query: string) =>
    v.parse(conversationSearchBody, await (await get(`mara/search?${query}`)).json()).hits;
  expect(await find('text=fern')).toMatchObject([{ by: { id: mara }, isNote: false }]);
  expect(await find('text=fern&from=agent-noor')).toEqual([]);
  expect(await find(`pattern=${encodeURIComponent('ord-\\d+')}&flags=i`)).toHaveLength(1);
  expect(await find('text=cactus')).toEqual([]);
  expect(await codeOf(await get('mara/search?pattern=a(b'))).toBe('search.pattern-wrong');
  expect(await codeOf(await get('mara/search?until=now'))).toBe('body.malformed');
});

test('[DR13] one’s own chat with a colleague is searched, and never that of others', async () => {
  await write(mara, theo, 'The cactus is gone.');
  const body = await (await get('theo/search?text=cactus')).json();
  expect(v.parse(conversationSearchBody, body).hits).toEqual([]);
  for (const name of ['nobody', 'noor', encodeURIComponent(pairIdOf(mara, theo))]) {
    expect(await codeOf(await get(`${name}/search?text=cactus`))).toBe('agent.unknown');
  }
});

test('[DR7] [DR8] Parley’s own chat is read, and not written in', async () => {
  await tellAgent(env, noor, textBody('Your transcript is ready.'));
  const page = await pageOf('parley');
  expect(page).toMatchObject({ isOpen: false, colleague: { name: 'Parley', username: null } });
  expect(saidIn(page.events)).toEqual(['Your transcript is ready.']);
});

test('[DR8] the chat with a colleague whose account is gone is read on', async () => {
  await write(theo, noor, 'So long');
  await eventually(async () => {
    const { directChats } = await env.AGENT.getByName(noor).snapshot();
    expect(directChats.map(({ colleague }) => colleague.name)).toContain('theo');
  });
  await env.DIRECTORY.prepare('DELETE FROM "user" WHERE id = ?').bind(theo).run();
  const page = await pageOf(theo);
  expect(page).toMatchObject({ isOpen: false, colleague: { name: 'theo', username: null } });
  expect(page.events).toHaveLength(1);
});
