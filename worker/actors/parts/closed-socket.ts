// Answers an upgrade that comes to nothing: a browser can't read a failed one's status, so the socket is opened, and
// closed with a code that says why.

import { CLOSE_CODES, closeReason, SUBPROTOCOL, type Closing } from '#shared/frames.ts';

export function closedSocket(why: Closing): Response {
  const { 0: client, 1: server } = new WebSocketPair();
  server.accept();
  server.close(CLOSE_CODES[why], closeReason(why));
  return new Response(null, {
    status: 101,
    webSocket: client,
    headers: { 'sec-websocket-protocol': SUBPROTOCOL },
  });
}
