// What happens at the same instant: the cases in which other products lose, double or overfill.

import { env } from 'cloudflare:workers';
import { beforeEach, expect, test } from 'vitest';
import { textBody } from '#shared/conversation/body.ts';
import type { AgentPrincipal } from '#shared/identity.ts';
import { eventually } from './testing/eventually.ts';
import { resetAll } from './testing/reset-all.ts';
import { departmentOf } from './testing/departments.ts';
import {
  anAgent,
  aQueuedConversation,
  aServedConversation,
  at,
  atOwnStream,
  aVisitor,
  codeOf,
  agentActorOf,
  SALES,
  saidIn,
  stateOf,
  SUPPORT,
} from './testing/people.ts';

beforeEach(resetAll);

const take = { type: 'conversation.take' };
const BALANCED = departmentOf('balanced');
const ROTATING = departmentOf('rotating');

const times = <T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)));

const servedBy = async (agent: AgentPrincipal) =>
  (await agentActorOf(agent).snapshot()).slots.filter(({ as }) => as === 'serving').length;

test('[CV4] of fifty agents who take one conversation one gets it, and the others are told who', async () => {
  const { id } = await aQueuedConversation();
  const wires = await times(50, async (index) => {
    const agent = anAgent(`Agent-${index}`);
    await atOwnStream(agent);
    return at(id, agent);
  });
  const answers = await Promise.all(wires.map((wire) => wire.command(take)));
  expect(answers.filter(({ type }) => type === 'accepted')).toHaveLength(1);
  const refused = answers.filter(({ type }) => type === 'refused');
  expect(new Set(refused.map(codeOf))).toEqual(new Set(['conversation.taken']));
  const state = await stateOf(id);
  const name = state.status === 'serving' ? state.agent.name : '';
  expect(refused.every((answer) => JSON.stringify(answer).includes(`"${name}"`))).toBe(true);
});

test('[RT10] [RT5] of a hundred conversations at once three agents with four places get twelve, and the rest as they end', async () => {
  const agents = await times(3, async (index) => {
    const agent = anAgent(`Agent-${index}`, { departments: [BALANCED], maxConversations: 4 });
    await atOwnStream(agent);
    return agent;
  });
  const all = await times(100, () => aQueuedConversation(aVisitor(), BALANCED));
  const served = async () => {
    const states = await Promise.all(all.map(async ({ id }) => [id, await stateOf(id)] as const));
    return states.filter(([, { status }]) => status === 'serving').map(([id]) => id);
  };
  for (let left = 100; left > 0;) {
    const now = Math.min(12, left);
    await eventually(async () => expect(await served()).toHaveLength(now));
    const loads = await Promise.all(agents.map(servedBy));
    for (const load of loads) expect(load).toBeLessThanOrEqual(4);
    const ending = new Set(await served());
    await Promise.all(
      all
        .filter(({ id }) => ending.has(id))
        .map(({ wire }) => wire.must({ type: 'conversation.end', comment: null })),
    );
    left -= now;
  }
});

test('[RT14] [RT15] an agent who goes away while being assigned leaves no conversation without a home', async () => {
  const [noor, mara] = [
    anAgent('Noor', { departments: [BALANCED] }),
    anAgent('Mara', { departments: [BALANCED] }),
  ];
  const own = await atOwnStream(noor);
  const opened = times(5, () => aQueuedConversation(aVisitor(), BALANCED));
  await own.must({ type: 'availability.set', availability: 'away' });
  const all = await opened;
  // What they had not got by then, a colleague gets.
  await atOwnStream(mara);
  await eventually(async () => {
    expect((await servedBy(noor)) + (await servedBy(mara))).toBe(5);
  });
  for (const { id } of all) expect((await stateOf(id)).status).toBe('serving');
});

test('[LF6] a forward and a visitor’s message at once: both are kept', async () => {
  const noor = anAgent('Noor');
  const { id, wire, agentWire } = await aServedConversation(noor);
  const mara = anAgent('Mara', { departments: [SUPPORT] });
  await atOwnStream(mara);
  const forward = {
    type: 'conversation.forward',
    to: { kind: 'agent', agentId: mara.agentId },
    comment: null,
  };
  const said = Array.from({ length: 5 }, (_, index) => `Message ${index}`);
  const answers = await Promise.all([
    agentWire.command(forward),
    ...said.map((text) => wire.command({ type: 'message.send', body: textBody(text) })),
  ]);
  expect(answers.map(({ type }) => type)).toEqual(answers.map(() => 'accepted'));
  expect(await stateOf(id)).toMatchObject({ status: 'serving', agent: { name: 'Mara' } });
  expect(saidIn((await at(id, mara)).events())).toEqual(['Hello?', ...said]);
});

test('[RT13] two departments that assign one agent at once never overfill them', async () => {
  const noor = anAgent('Noor', { departments: [BALANCED, ROTATING], maxConversations: 3 });
  await atOwnStream(noor);
  const all = await times(12, (index) =>
    aQueuedConversation(aVisitor(), index % 2 === 0 ? BALANCED : ROTATING),
  );
  for (let left = all.length; left > 0; left -= 3) {
    await eventually(async () => expect(await servedBy(noor)).toBe(3));
    const { slots } = await agentActorOf(noor).snapshot();
    for (const { conversationId } of slots) {
      const { wire } = all.find(({ id }) => id === conversationId) ?? {};
      await wire?.must({ type: 'conversation.end', comment: null });
    }
    await eventually(async () => {
      const now = (await agentActorOf(noor).snapshot()).slots.map(
        ({ conversationId }) => conversationId,
      );
      expect(now.some((id) => slots.some(({ conversationId }) => conversationId === id))).toBe(
        false,
      );
    });
  }
});

test('[AG5] an agent in two tabs takes once, writes from both, and sees everything in both', async () => {
  const noor = anAgent('Noor');
  await Promise.all([atOwnStream(noor), atOwnStream(noor)]);
  const { id } = await aQueuedConversation();
  const tabs = [await at(id, noor), await at(id, noor)];
  const takes = await Promise.all(tabs.map((tab) => tab.command(take)));
  expect(takes.map(({ type }) => type)).toEqual(['accepted', 'accepted']);
  await Promise.all(
    tabs.map((tab, index) =>
      tab.must({ type: 'message.send', body: textBody(`From tab ${index}`) }),
    ),
  );
  for (const tab of tabs) {
    await eventually(() => expect(saidIn(tab.events())).toHaveLength(3));
    expect(tab.events().filter(({ type }) => type === 'conversation.taken')).toHaveLength(1);
  }
  expect(saidIn(tabs[0]?.events() ?? [])).toEqual(saidIn(tabs[1]?.events() ?? []));
  await eventually(async () => expect(await servedBy(noor)).toBe(1));
  expect((await env.DEPARTMENT.getByName(SALES).roster()).length).toBe(1);
});
