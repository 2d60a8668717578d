import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Connection } from './proxy/connection.ts';
import { Proxy } from './proxy/proxy.ts';

/** A text frame as a server sends it. */
function frame(text: string): Buffer {
  const payload = Buffer.from(text);
  if (payload.length < 126) return Buffer.concat([Buffer.from([0x81, payload.length]), payload]);
  const head = Buffer.from([0x81, 126, payload.length >> 8, payload.length & 0xff]);
  return Buffer.concat([head, payload]);
}

const ACK = frame('{"type":"accepted","id":"x","seq":1}');
const EVENTS = frame(`{"type":"events","pad":"${'x'.repeat(300)}"}`);
const SIGNAL = frame(`{"type":"signal","pad":"${'x'.repeat(300)}"}`);
const UPGRADED = 'HTTP/1.1 101 Switching Protocols\r\n\r\n';
const HEAD = 'GET /ws/conversations/1 HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n';
const COMPRESSION = 'Sec-WebSocket-Extensions: permessage-deflate\r\n';

let server: Server;
let proxy: Proxy;
let client: Socket;
/** The server's end of the connection. */
let far: Socket;
let asked = '';
let received = Buffer.alloc(0);

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
  proxy = await Proxy.to(() => port);
  [asked, received] = ['', Buffer.alloc(0)];
  client = connect(Number(new URL(proxy.url).port), '127.0.0.1');
  client.on('error', () => undefined);
  client.on('data', (chunk: Buffer) => (received = Buffer.concat([received, chunk])));
  client.write(`${HEAD}${COMPRESSION}\r\n`);
  far = await accepted;
  far.write(UPGRADED);
  await hasReceived(Buffer.from(UPGRADED));
  received = Buffer.alloc(0);
});

afterEach(async () => {
  await proxy.close();
  await new Promise((closed) => server.close(closed));
});

/** Exactly this has come. */
async function hasReceived(bytes: Buffer): Promise<void> {
  while (received.length < bytes.length) await new Promise((came) => client.once('data', came));
  expect(received.equals(bytes)).toBe(true);
}

function connection(): Connection {
  const [only] = proxy.sockets;
  if (!only) throw new Error('no socket is open');
  return only;
}

test('[FH5] an upgrade loses its compression, and nothing else', () => {
  expect(asked).toBe(`${HEAD}\r\n`);
  expect(proxy.sockets).toHaveLength(1);
});

test('[FH5] an acknowledgement is doubled; all else passes once and in order', async () => {
  proxy.nextAck('twice');
  proxy.nextAck('twice');
  // In pieces, as TCP may deliver it.
  const stream = Buffer.concat([SIGNAL, ACK, SIGNAL, EVENTS, ACK]);
  for (let at = 0; at < stream.length; at += 7) far.write(stream.subarray(at, at + 7));
  await hasReceived(Buffer.concat([SIGNAL, ACK, ACK, SIGNAL, EVENTS, EVENTS, ACK]));
});

test('[FH5] a connection is cut before an acknowledgement', async () => {
  proxy.nextAck('cut');
  const closed = new Promise((gone) => client.once('close', gone));
  far.write(Buffer.concat([SIGNAL, ACK, SIGNAL]));
  await closed;
  expect(SIGNAL.subarray(0, received.length).equals(received)).toBe(true);
});

test('[FH5] what is held back or late arrives when it is due, in order', async () => {
  connection().down.hold(3_600_000);
  far.write(ACK);
  await expect.poll(() => connection().down.isHolding).toBe(true);
  connection().down.delay(30);
  far.write(EVENTS);
  expect(received).toHaveLength(0);
  connection().down.hold(0);
  await hasReceived(Buffer.concat([ACK, EVENTS]));
});

test('[FH5] a cut connection has delivered a beginning of what was sent', async () => {
  connection().down.cutAfter(40);
  const closed = new Promise((gone) => client.once('close', gone));
  far.write(EVENTS);
  await closed;
  expect(received.equals(EVENTS.subarray(0, 40))).toBe(true);
});

test('[FH5] what a client has sent arrives after it has given up the connection', async () => {
  const held = connection();
  held.up.hold(3_600_000);
  client.write('a late copy');
  await expect.poll(() => held.up.isHolding).toBe(true);
  const closed = new Promise((gone) => client.once('close', gone));
  held.abandon();
  await closed;
  expect(asked).not.toContain('a late copy');
  const gone = new Promise((ended) => far.once('close', ended));
  held.up.heal();
  await gone;
  expect(asked).toContain('a late copy');
});
