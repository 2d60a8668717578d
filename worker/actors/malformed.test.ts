// Thousands of frames and bodies that no client of ours would send.

import { exports } from 'cloudflare:workers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textBody } from '#shared/conversation/body.ts';
import { PROTOCOL } from '#shared/frames.ts';
import { newCommandId, newConversationId } from '#shared/ids.ts';
import {
  anAgent,
  at,
  atDepartment,
  aQueuedConversation,
  aVisitor,
  atOwnStream,
  SALES,
} from '../testing/people.ts';
import { type Wire } from '../../scripts/client/wire.ts';

const RUNS = 1500;

/** Nearly right: a valid frame with one part replaced by anything. */
const nearlyRight = fc
  .record({
    frame: fc.constantFrom<Record<string, unknown>>(
      { type: 'hello', protocol: 1, since: 0 },
      {
        type: 'command',
        id: newCommandId(),
        after: 0,
        command: { type: 'message.send', body: textBody('x') },
      },
      {
        type: 'command',
        id: newCommandId(),
        after: 0,
        command: { type: 'conversation.end', comment: null },
      },
      { type: 'signal', signal: { type: 'typing', typing: true } },
      { type: 'signal', signal: { type: 'receipt', delivered: 1, seen: 1 } },
    ),
    part: fc.constantFrom('type', 'protocol', 'since', 'id', 'after', 'command', 'signal', 'extra'),
    value: fc.jsonValue(),
  })
  .map(({ frame, part, value }) => JSON.stringify({ ...frame, [part]: value }));

const anything = fc.oneof(
  { weight: 4, arbitrary: nearlyRight },
  { weight: 2, arbitrary: fc.json() },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 64 }).map(({ buffer }) => buffer) },
);

/** Sends each, reconnecting when patience is lost; at the end the socket must still serve. */
async function pelt(connect: () => Promise<Wire>): Promise<void> {
  let wire = await connect();
  const codes = new Set<number>();
  await fc.assert(
    fc.asyncProperty(anything, async (data) => {
      wire.sendRaw(data);
      // An unmistakable frame behind it: its refusal shows that the one before was survived.
      const id = newCommandId();
      const answered = wire.answer(id).then(() => null);
      wire.send({ type: 'command', id, after: 0, command: { type: 'no.such' } });
      const code = await Promise.race([answered, wire.closed]);
      if (code === null) return;
      answered.catch(() => undefined);
      codes.add(code);
      wire = await connect();
    }),
    { numRuns: RUNS },
  );
  expect([...codes].filter((code) => ![4400, 4426, 4429].includes(code))).toEqual([]);
  expect((await wire.hello()).type).toBe('welcome');
}

test('[WP4] a conversation survives whatever its sockets say', { timeout: 60_000 }, async () => {
  const { id, visitor } = await aQueuedConversation();
  await pelt(() => at(id, visitor));
});

test('[WP4] an object that nobody has opened does too', { timeout: 60_000 }, async () => {
  const id = newConversationId();
  const visitor = aVisitor();
  await pelt(() => at(id, visitor));
});

test('[WP4] so do a department and an agent', { timeout: 60_000 }, async () => {
  const agent = anAgent('Noor');
  await pelt(() => atDepartment(SALES, agent));
  await pelt(() => atOwnStream(agent));
});

test('[WP11] a socket that says hello again and again is closed, others are not', async () => {
  const { id, visitor } = await aQueuedConversation();
  const [greedy, other] = [await at(id, visitor), await at(id, visitor)];
  for (let said = 0; said < 3; said++)
    greedy.send({ type: 'hello', protocol: PROTOCOL, since: null });
  expect(await greedy.closed).toBe(4429);
  expect((await other.hello()).type).toBe('welcome');
});

test('[WP5] no body, path or header makes a route answer 500', { timeout: 60_000 }, async () => {
  const request = fc.record({
    method: fc.constantFrom('POST', 'PUT', 'DELETE', 'GET', 'PATCH', 'OPTIONS'),
    path: fc.oneof(
      fc.constantFrom(
        '/api/session',
        '/api/visitors',
        '/api/widget?department=',
        '/api/widget?department=%00',
        '/api/conversations/x',
        '/api/conversations/x/events?before=-1',
        `/api/conversations/${newConversationId()}/events?before=1e9`,
        '/api/me/avatar',
        '/files/avatars/..%2f..',
        '/ws/agents/me',
      ),
      fc.webPath().map((path) => `/api${path}`),
    ),
    type: fc.constantFrom('application/json', 'text/plain', 'image/png', ''),
    authorization: fc.oneof(fc.constant('Bearer x.y.z'), fc.constant('Bearer '), fc.base64String()),
    body: fc.oneof(fc.json(), fc.string({ maxLength: 100 })),
  });
  const statuses = new Set<number>();
  await fc.assert(
    fc.asyncProperty(request, async ({ method, path, type, authorization, body }) => {
      const response = await exports.default.fetch(
        new Request(`https://parley.test${path}`, {
          method,
          headers: { 'content-type': type, authorization },
          body: method === 'GET' ? null : body,
        }),
      );
      statuses.add(response.status);
      if (response.status >= 400) expect(await response.json()).toHaveProperty('sentence');
      else await response.body?.cancel();
    }),
    { numRuns: RUNS },
  );
  expect([...statuses].filter((status) => status >= 500)).toEqual([]);
});
