import * as v from 'valibot';
import { expect, test } from 'vitest';
import { agentIdSchema } from '#shared/ids.ts';
import { aListed } from '#shared/testing/listed.ts';
import { byColleague, fetchTaken } from './with-colleagues.ts';

const [noor, mara, tom] = ['noor', 'mara', 'tom'].map((id) => v.parse(agentIdSchema, id));
const of = (agentId: typeof noor, agentName: string, preview: string) =>
  aListed({ agentId: agentId ?? null, agentName, preview, status: 'serving' });

test('[CL9] what colleagues serve is listed by agent, without one’s own', () => {
  const taken = [
    of(tom, 'Tom', 'a'),
    of(mara, 'Mara', 'b'),
    of(noor, 'Noor', 'c'),
    of(tom, 'Tom', 'd'),
    aListed(),
  ];
  const found = byColleague(taken, noor as NonNullable<typeof noor>);
  expect(
    found.map(({ name, conversations }) => [name, conversations.map((one) => one.preview)]),
  ).toEqual([
    ['Mara', ['b']],
    ['Tom', ['a', 'd']],
  ]);
});

test('[CL9] without an answer nothing is known', async () => {
  expect(await fetchTaken(async () => new Response(null, { status: 401 }))).toBeNull();
  expect(await fetchTaken(async () => Promise.reject(new TypeError('Failed to fetch')))).toBeNull();
});
