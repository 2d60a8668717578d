import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Random } from '../../../tests/support/random.ts';
import { Proxy } from './proxy.ts';
import { Bytes } from './bytes.ts';

/** A text frame as a server sends it. */
function frame(text: string): Buffer {
  const payload = Bytes.from(text);
  if (payload.length < 126) return Bytes.concat([Bytes.from([0x81, payload.length]), payload]);
  const head = Bytes.from([0x81, 126, payload.length >> 8, payload.length & 0xff]);
  return Bytes.concat([head, payload]);
}

const ACK = frame('{"type":"accepted","id":"x","seq":1}');
const EVENTS = frame(`{"type":"events","pad":"${'x'.repeat(300)}"}`);
const UPGRADED = 'HTTP/1.1 101 Switching Protocols\r\n\r\n';
const HEAD =
  'GET /ws HTTP/1.1\r\nHost: a\r\nX-Faults-Line: 7\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n';

let server: Server;
let proxy: Proxy;
let client: Socket;
/** The desk's end of the connection. */
let far: Socket;
let asked = '';
let received = Bytes.alloc(0);

beforeEach(async () => {
  const accepted = new Promise<Socket>((resolve) => {
    server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (chunk: Buffer) => (asked += chunk.toString()));
      socket.once('data', () => resolve(socket));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  proxy = await Proxy.to(() => port, new Random(1));
  [asked, received] = ['', Bytes.alloc(0)];
  client = connect(Number(new URL(proxy.url).port), '127.0.0.1');
  client.on('error', () => undefined);
  client.on('data', (chunk: Buffer) => (received = Bytes.concat([received, chunk])));
  client.write(HEAD);
  far = await accepted;
  far.write(UPGRADED);
  await expect.poll(() => received.toString()).toBe(UPGRADED);
  received = Bytes.alloc(0);
});

afterEach(async () => {
  await proxy.close();
  await new Promise((closed) => server.close(closed));
});

test('[FH5] an upgrade loses its compression and its mark, and nothing else', () => {
  expect(asked).toBe('GET /ws HTTP/1.1\r\nHost: a\r\n\r\n');
  expect(proxy.ofLine(7)).toHaveLength(1);
});

test('[FH5] one acknowledgement is dropped and one doubled; all else passes in order', async () => {
  proxy.nextAck('drop');
  proxy.nextAck('twice');
  // In pieces, as TCP may deliver it.
  const stream = Bytes.concat([EVENTS, ACK, EVENTS, ACK, ACK]);
  for (let at = 0; at < stream.length; at += 7) far.write(stream.subarray(at, at + 7));
  const expected = Bytes.concat([EVENTS, EVENTS, ACK, ACK, ACK]);
  await expect.poll(() => received.equals(expected)).toBe(true);
});

test('[FH5] a held or slow connection delivers everything, later and in order', async () => {
  const [connection] = proxy.ofLine(7);
  connection?.down.hold(60);
  far.write(ACK);
  await new Promise((waited) => setTimeout(waited, 20));
  expect(received).toHaveLength(0);
  connection?.down.delay(30);
  far.write(EVENTS);
  await expect.poll(() => received.equals(Bytes.concat([ACK, EVENTS]))).toBe(true);
});

test('[FH5] a cut connection has delivered a beginning of what was sent', async () => {
  proxy.ofLine(7)[0]?.down.cutAfter(40);
  const closed = new Promise((gone) => client.once('close', gone));
  far.write(EVENTS);
  await closed;
  expect(received.equals(EVENTS.subarray(0, 40))).toBe(true);
});
