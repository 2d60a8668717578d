// What `npm run admin -- agent remove` does to an agent who is at work at that moment.

import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { textBody } from '#shared/conversation/body.ts';
import { departmentEventSchema } from '#shared/department.ts';
import { known } from '#shared/frames.ts';
import { newConversationId, type ConversationId } from '#shared/ids.ts';
import { ParleyClient } from '../../scripts/client/parley-client.ts';
import { Wire, type Frame } from '../../scripts/client/wire.ts';
import { DEMO_PASSWORD } from '../../scripts/demo.ts';
import { admin, start } from '../support/started-parley.ts';

const NOOR = 'noor@parley.example';
let folder: string;
let url: string;
let stop: () => Promise<void>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-removed-'));
  const started = start(folder);
  url = new URL(await started.url).origin;
  stop = async () => {
    const ended = once(started.child, 'exit');
    started.child.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
});
afterAll(() => stop());

const isPut =
  (id: ConversationId) =>
  ({ events }: Frame): boolean =>
    Array.isArray(events) &&
    known(departmentEventSchema, events).some(
      (event) => event.type === 'entry.put' && event.entry.conversationId === id,
    );

test('[AC29] an agent who is removed by the command loses all sockets in both tabs, and their conversation is handed on', async () => {
  const client = new ParleyClient(url);
  const id = newConversationId();
  const visitor = await client.visitor(id);
  const body = textBody('Do you sell olive trees?');
  const opening = { departmentId: 'sales', body, previousId: null, page: null, locale: 'en' };
  await visitor.must({ type: 'conversation.open', ...opening });

  const headers = { origin: url, cookie: await client.signIn(NOOR, DEMO_PASSWORD) };
  const paths = ['/ws/agents/me', '/ws/departments/sales', `/ws/conversations/${id}`];
  const tab = () => Promise.all(paths.map((path) => Wire.open(url, path, { headers })));
  const wires = [...(await tab()), ...(await tab())];
  await wires[0]?.must({ type: 'availability.set', availability: 'available' });
  await wires[2]?.must({ type: 'conversation.take' });

  const colleague = {
    origin: url,
    cookie: await client.signIn('mara@parley.example', DEMO_PASSWORD),
  };
  const queue = await Wire.open(url, '/ws/departments/sales', { headers: colleague });
  const handedOn = queue.heard(isPut(id));

  expect(await admin(folder, 'agent', 'remove', NOOR)).toContain(`${NOOR} is removed.`);
  const codes = await Promise.all(wires.map((wire) => wire.closed));
  expect(codes).toEqual(wires.map(() => 4401));
  await handedOn;
  const again = await Wire.connect(url, '/ws/agents/me', { headers });
  expect(await again.closed).toBe(4401);
  await expect(client.signIn(NOOR, DEMO_PASSWORD)).rejects.toThrow('session.wrong');
});
