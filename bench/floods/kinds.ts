// What strangers can flood a server with, each at ten times its limit.

import { Agent, request } from 'node:http';
import { WebSocket } from 'ws';
import { textBody } from '#shared/conversation/body.ts';
import { CLOSE_CODES, PROTOCOL, SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX } from '#shared/frames.ts';
import { newCommandId, newOfflineMessageId } from '#shared/ids.ts';
import { TALK } from '../team.ts';
import { LoudSocket, type Outcome, type Said } from './loud-socket.ts';

/** Who floods: from an address of their own, and known to the server as a visitor with a conversation. */
export interface Stranger {
  readonly address: string;
  readonly token: string;
  readonly conversationId: string;
}

/** Asks once more. */
type Ask = () => Promise<Outcome>;

export interface Kind {
  /** Of one stranger. */
  readonly perSecond: number;
  readonly begin: (url: string, who: Stranger) => Ask;
}

const TIMES = 10;
const PATIENCE_MS = 15_000;

function asks(
  method: string,
  path: string,
  headers: (who: Stranger) => Record<string, string> = () => ({}),
  body: () => object | null = () => null,
): Kind['begin'] {
  return (url, who) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 16 });
    const { hostname: host, port } = new URL(url);
    return () =>
      new Promise((resolve) => {
        const content = body();
        const sent = request({
          ...{ agent, host, port, method, path, localAddress: who.address },
          headers: {
            ...(content ? { 'content-type': 'application/json' } : {}),
            ...headers(who),
          },
        });
        sent.on('response', (answer) => {
          answer.resume();
          const isTold = answer.statusCode === 429 && 'retry-after' in answer.headers;
          const isRefused = (answer.statusCode ?? 500) >= 500 || answer.statusCode === 429;
          answer.on('close', () => resolve(isTold ? 'told' : isRefused ? 'other' : 'taken'));
        });
        sent.on('error', () => resolve('other'));
        sent.end(content ? JSON.stringify(content) : '');
      });
  };
}

const asVisitor = ({ token }: Stranger) => ({ authorization: `Bearer ${token}` });

function connect(url: string, path: string, { address, token }: Stranger, asAgent = false) {
  const protocols = asAgent ? [SUBPROTOCOL] : [SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX + token];
  const socket = new WebSocket(url.replace(/^http/, 'ws') + path, protocols, {
    ...{ localAddress: address, perMessageDeflate: false },
  });
  socket.on('error', () => {}); // A close follows.
  socket.on('unexpected-response', (sent, answer) => {
    answer.resume();
    sent.destroy();
    socket.emit('close', answer.statusCode === 429 ? CLOSE_CODES.busy : 0, Buffer.from('busy 10'));
  });
  return socket;
}

const pathOf = ({ conversationId }: Stranger) => `/ws/conversations/${conversationId}`;
const hello = JSON.stringify({ type: 'hello', protocol: PROTOCOL, since: null });

const outcomeOf = (code: number, reason: Buffer): Outcome => {
  const isTold = code === CLOSE_CODES.busy && /^busy \d+$/.test(String(reason));
  return isTold ? 'told' : code === CLOSE_CODES.unauthenticated ? 'taken' : 'other';
};

/** A socket that says hello, hears the answer and goes. */
const opens =
  (path: (who: Stranger) => string, asAgent = false): Kind['begin'] =>
  (url, who) =>
  () =>
    new Promise((resolve) => {
      const socket = connect(url, path(who), who, asAgent);
      socket.on('open', () => socket.send(hello));
      socket.on('message', () => {
        resolve('taken');
        socket.terminate();
      });
      socket.on('close', (code, reason) => resolve(outcomeOf(code, reason)));
    });

/** One socket that says something again and again; where it is closed, it comes back at once. */
const says =
  (frame: () => Said): Kind['begin'] =>
  (url, who) => {
    const loud = new LoudSocket(() => connect(url, pathOf(who), who), hello, outcomeOf);
    return () => loud.say(frame());
  };

const message = () => ({
  ...{ type: 'command', id: newCommandId(), after: 0 },
  command: { type: 'message.send', body: textBody('Buy now!') },
});

export const KINDS: Record<string, Kind> = {
  'signing in': {
    perSecond: (TIMES * 3) / 10,
    begin: asks('POST', '/api/session', undefined, () => ({
      email: `${crypto.randomUUID()}@bench.example`,
      password: 'a wrong one',
    })),
  },
  'new visitors': { perSecond: (TIMES * 30) / 60, begin: asks('POST', '/api/visitors') },
  'offline messages': {
    perSecond: (TIMES * 10) / 60,
    begin: asks('POST', '/api/offline-messages', asVisitor, () => ({
      ...{ id: newOfflineMessageId(), departmentId: TALK, name: 'Spam' },
      ...{ email: 'spam@bench.example', text: 'Buy now!' },
    })),
  },
  'facts for the widget': { perSecond: (TIMES * 30) / 10, begin: asks('GET', '/api/widget') },
  'the sign-in page': { perSecond: (TIMES * 20) / 10, begin: asks('GET', '/sign-in') },
  'the workspace with a forged cookie': {
    perSecond: (TIMES * 30) / 10,
    begin: asks('GET', '/api/me', () => ({ cookie: 'parley.session_token=forged.forged' })),
  },
  'sockets of visitors': { perSecond: (TIMES * 40) / 10, begin: opens(pathOf) },
  'sockets of agents without a session': {
    perSecond: (TIMES * 40) / 10,
    begin: opens(() => '/ws/agents/me', true),
  },
  messages: { perSecond: TIMES, begin: says(message) },
  hellos: {
    perSecond: TIMES / 5,
    begin: says(() => ({ type: 'hello', protocol: PROTOCOL, since: null })),
  },
  signals: {
    perSecond: TIMES * 5,
    begin: says(() => ({ type: 'signal', signal: { type: 'typing', typing: true } })),
  },
};

/** One that is not answered in time. */
export const late = (ms = PATIENCE_MS): Promise<Outcome> =>
  new Promise((resolve) => setTimeout(resolve, ms, 'other').unref());
