import { expect, test } from 'vitest';
import { refusal, type RefusalCode } from '#shared/refusals.ts';
import { SecurityRequests } from './security-requests.svelte.ts';

const no = (
  code: Extract<RefusalCode, 'session.unconfirmed' | 'password.wrong' | 'passkey.full'>,
) => Response.json({ refusal: refusal(code), sentence: code }, { status: 403 });

/** A server that answers so, one after the other. */
function at(...answers: (Response | Error)[]) {
  const asked: string[] = [];
  const told: string[] = [];
  const send = async (path: string) => {
    asked.push(path);
    const answer = answers.shift();
    if (answer instanceof Response) return answer;
    throw answer ?? new Error('asked too much');
  };
  return { asked, told, requests: new SecurityRequests((why) => told.push(why), send) };
}

const ok = () => new Response(null, { status: 204 });
const PATH = '/api/me/recovery-codes';
const CONFIRMATION = '/api/session/confirmation';

test('[MY18] a change waits for the agent to show who they are, and then goes on', async () => {
  const { requests, asked } = at(no('session.unconfirmed'), no('password.wrong'), ok(), ok());
  const done = requests.change(PATH, { method: 'POST' });
  await expect.poll(() => requests.isAsking).toBe(true);
  expect(await requests.confirm({ password: 'wrong' })).toContain('not your current password');
  expect(requests.isAsking).toBe(true);
  expect(await requests.confirm({ password: 'right' })).toBeNull();
  expect((await done)?.status).toBe(204);
  expect(asked).toEqual([PATH, CONFIRMATION, CONFIRMATION, PATH]);
  expect(requests.isAsking).toBe(false);
});

test('[MY18] an agent who turns away changes nothing, and is told nothing', async () => {
  const { requests, asked, told } = at(no('session.unconfirmed'));
  const done = requests.change(PATH, { method: 'POST' });
  await expect.poll(() => requests.isAsking).toBe(true);
  requests.cancel();
  expect(await done).toBeNull();
  expect([asked, told]).toEqual([[PATH], []]);
});

test('[MY18] what is refused for another reason is told, and so is a lost connection', async () => {
  const { requests, told } = at(no('passkey.full'), new Error('offline'));
  expect(await requests.change(PATH, { method: 'POST' })).toBeNull();
  expect(await requests.change(PATH, { method: 'POST' })).toBeNull();
  expect(told).toEqual([
    'You have as many passkeys as an account can have. Remove one first.',
    expect.stringMatching(/connection/i),
  ]);
});
