// The rules of docs/spec/life.md and routing.md about what is told beforehand.

import { env, exports } from 'cloudflare:workers';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { colleaguesBody, widgetBody } from '#shared/api.ts';
import { agentIdSchema } from '#shared/ids.ts';
import { eventually } from '../../testing/eventually.ts';
import { addAccount, signedIn } from '../../testing/accounts.ts';
import { departmentOf } from '../../testing/departments.ts';
import { anAgent, aQueuedConversation, at, atOwnStream, SALES } from '../../testing/people.ts';

const ORIGIN = 'https://parley.test';

const get = (path: string, cookie = '') =>
  exports.default.fetch(new Request(`${ORIGIN}${path}`, { headers: { cookie } }));

const account = (username: string) => ({
  ...anAgent(username),
  agentId: v.parse(agentIdSchema, `agent-${username}`),
});

test('[LF12] to whom one may forward is told with how each stands', async () => {
  for (const username of ['ask', 'away', 'full', 'gone', 'here']) await addAccount(username);
  await atOwnStream(account('here'));
  await atOwnStream(account('away'), 'away');
  const full = { ...account('full'), maxConversations: 1 };
  await atOwnStream(full);
  const { id } = await aQueuedConversation();
  await (await at(id, full)).must({ type: 'conversation.take' });

  const cookie = await signedIn('ask');
  await eventually(async () => {
    const { agents, departments } = v.parse(
      colleaguesBody,
      await (await get('/api/colleagues', cookie)).json(),
    );
    const standing = agents.map(({ username, availability, isFull }) => [
      username,
      availability,
      isFull,
    ]);
    expect(standing).toEqual([
      ['ask', 'offline', false],
      ['away', 'away', false],
      ['full', 'available', true],
      ['gone', 'offline', false],
      ['here', 'available', false],
    ]);
    expect(departments.find(({ id }) => id === SALES)).toMatchObject({ online: true });
    expect(departments.find(({ id }) => id === 'disabled')).toMatchObject({ enabled: false });
  });
});

test('[RT28] the widget is told who is there, whether it may write, and when the department opens', async () => {
  const facts = async (department: string) =>
    v.parse(widgetBody, await (await get(`/api/widget?department=${department}`)).json());
  expect(await facts('form')).toMatchObject({ online: false, accepting: false, opensAt: null });
  expect(await facts('balanced')).toMatchObject({ online: false, accepting: true });
  const agent = anAgent('Noor', { departments: [departmentOf('balanced')] });
  await atOwnStream(agent);
  await eventually(async () => expect((await facts('balanced')).online).toBe(true));
  const { opensAt } = await facts('shut');
  expect(opensAt).toBeNull();
  const form = env.DEPARTMENT.getByName(departmentOf('form'));
  expect((await form.status(null)).isOnline).toBe(false);
});
