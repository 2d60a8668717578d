// The endpoint as an admin would write it: Node's own server, and Node's own crypto.

import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { newConversationId } from '#shared/ids.ts';
import { NOOR, SALES } from '#shared/testing/logs.ts';
import { askEndpoint, signatureOf } from './routing-endpoint.ts';

const SECRET = 'routing-secret-of-the-tests';

const waiting = {
  ...{ conversationId: newConversationId(), departmentId: SALES, seq: 2, visitorName: 'Ümit' },
  ...{ queuedAt: 1, preview: 'Is the “fern” in stock?', priority: 'normal', rank: 1 },
  ...{ visitorId: null, dueAt: null, openedAt: 1, lostBy: null },
};

let close: () => void = () => undefined;
afterEach(() => close());

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close = () => {
    server.closeAllConnections();
    server.close();
  };
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const ask = (external_url: string | undefined, secret = SECRET) => {
  vi.spyOn(console, 'error').mockReturnValue();
  const routing = {
    ...({ method: 'external', last_agent_first: false, external_url } as const),
    external_timeout_seconds: 1,
  };
  return askEndpoint({ ROUTING_SECRET: secret }, routing, waiting);
};

test('[RT32] the signature is the HMAC that others compute', async () => {
  for (const text of ['', '1795362075820.{"visitorName":"Ümit"}', 'x'.repeat(10_000)]) {
    const wanted = createHmac('sha256', SECRET).update(text).digest('hex');
    expect(await signatureOf(text, SECRET)).toBe(wanted);
  }
});

test('[RT31] [RT32] [RT33] the endpoint is told what waits, can verify it, and names an agent', async () => {
  const got: { method?: string; headers?: IncomingHttpHeaders; body: string } = { body: '' };
  const url = await serve((request, response) => {
    Object.assign(got, { method: request.method, headers: request.headers });
    request.on('data', (part: Buffer) => (got.body += part.toString()));
    request.on('end', () => response.end(JSON.stringify({ agentId: NOOR.id, because: 'ferns' })));
  });
  expect(await ask(url)).toBe(NOOR.id);
  const { conversationId, departmentId, visitorName, preview, priority, openedAt } = waiting;
  expect(JSON.parse(got.body)).toEqual({
    ...{ conversationId, departmentId, visitorName, preview, priority, openedAt },
  });
  expect(got.method).toBe('POST');
  expect(got.headers?.['content-type']).toBe('application/json');
  const timestamp = String(got.headers?.['parley-timestamp']);
  expect(Math.abs(Date.now() - Number(timestamp))).toBeLessThan(60_000);
  expect(got.headers?.['parley-signature']).toBe(
    createHmac('sha256', SECRET).update(`${timestamp}.${got.body}`).digest('hex'),
  );
});

const answers: Record<string, RequestListener> = {
  fails: (_request, response) => response.writeHead(500).end('{"agentId":"noor"}'),
  redirects: (_request, response) => response.writeHead(302, { location: '/' }).end(),
  'says something else': (_request, response) => response.end('{"agent":"noor"}'),
  'says no id': (_request, response) => response.end('{"agentId":"no such id!"}'),
  'says nothing that is JSON': (_request, response) => response.end('noor'),
  'hangs up': (request) => request.socket.destroy(),
  'is late': () => undefined,
  'begins and is late': (_request, response) => response.write('{"agentId":'),
};

test.each(Object.keys(answers))('[RT34] an endpoint that %s names nobody', async (how) => {
  // Those that are late never end: without a limit neither would this test.
  expect(await ask(await serve(answers[how] ?? (() => undefined)))).toBeNull();
});

test('[RT34] an endpoint that is not there, not set, or has no secret names nobody', async () => {
  const url = await serve((_request, response) => response.end('{"agentId":"noor"}'));
  expect(await ask(url, '')).toBeNull();
  close();
  expect(await ask(url)).toBeNull();
  expect(await ask(undefined)).toBeNull();
});
