// The least that a Durable Object can do for a chat: insert one row, send to the other sockets. Nobody is
// authenticated, nothing is checked, acknowledged or retried. Parley is measured against it.

import { DurableObject } from 'cloudflare:workers';
import type { MessageBody } from '#shared/conversation/body.ts';

interface Bindings {
  readonly ROOM: DurableObjectNamespace<Room>;
}

type Frame = { id: string; since?: number | null; command?: { body: MessageBody }; rows?: number };
type Row = { seq: number; body: string };

/** As long as the author that Parley names. */
const BY = { kind: 'agent', id: '00000000000000000000000000000000', name: 'Noor Haddad 00' };

export class Room extends DurableObject<Bindings> {
  readonly #sql: SqlStorage;

  constructor(context: DurableObjectState, env: Bindings) {
    super(context, env);
    this.#sql = context.storage.sql;
    this.#sql.exec(
      'CREATE TABLE IF NOT EXISTS message (seq INTEGER PRIMARY KEY, body TEXT NOT NULL)',
    );
    context.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'));
  }

  override fetch(): Response {
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server);
    const headers = { 'sec-websocket-protocol': 'parley' };
    return new Response(null, { status: 101, webSocket: client, headers });
  }

  override webSocketMessage(socket: WebSocket, data: string): void {
    const { id, since, command, rows } = JSON.parse(data) as Frame; // Only the benchmark talks to it.
    if (rows !== undefined) return this.#fill(socket, id, rows);
    if (!command) return this.#welcome(socket, since ?? null);
    const event = { ...command, type: 'message.sent', at: Date.now(), id, by: BY };
    const { seq } = this.#sql
      .exec<Row>('INSERT INTO message (body) VALUES (?) RETURNING seq', JSON.stringify(event))
      .one();
    const frame = JSON.stringify({ type: 'events', upTo: seq, events: [{ ...event, seq }] });
    for (const other of this.ctx.getWebSockets()) if (other !== socket) other.send(frame);
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    socket.close(code === 1005 || code === 1006 ? 1000 : code);
  }

  /** As many rows as Parley writes when a conversation begins, in one transaction. */
  #fill(socket: WebSocket, id: string, rows: number): void {
    const body = JSON.stringify({ type: 'filling', at: Date.now(), id, by: BY });
    for (let row = 0; row < rows; row++) {
      this.#sql.exec('INSERT INTO message (body) VALUES (?)', body);
    }
    socket.send(JSON.stringify({ type: 'accepted', id }));
  }

  #welcome(socket: WebSocket, since: number | null): void {
    const rows = this.#sql
      .exec<Row>('SELECT seq, body FROM message WHERE seq > ? ORDER BY seq LIMIT 500', since ?? 0)
      .toArray();
    const events = rows.map(({ seq, body }) => ({ ...(JSON.parse(body) as object), seq }));
    const seq = rows.at(-1)?.seq ?? since ?? 0;
    socket.send(JSON.stringify({ type: 'welcome', seq, events }));
  }
}

export default {
  fetch(request: Request, env: Bindings): Promise<Response> {
    return env.ROOM.getByName(new URL(request.url).pathname).fetch(request);
  },
};
