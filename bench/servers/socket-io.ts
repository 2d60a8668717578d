// What one would write by hand on one machine: socket.io with a room for each conversation, and SQLite.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Server } from 'socket.io';
import { serving } from './serving.ts';

await serving(async (folder) => {
  const database = new DatabaseSync(join(folder, 'messages.sqlite'));
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    CREATE TABLE message (seq INTEGER PRIMARY KEY, conversation TEXT, at INTEGER, author TEXT, text TEXT);
    CREATE INDEX message_conversation ON message (conversation);
  `);
  const insert = database.prepare(
    'INSERT INTO message (conversation, at, author, text) VALUES (?, ?, ?, ?)',
  );
  const missed = database.prepare(
    'SELECT seq, at, author, text FROM message WHERE conversation = ? AND seq > ? LIMIT 500',
  );

  const http = createServer();
  const io = new Server(http, { transports: ['websocket'], serveClient: false });
  io.on('connection', (socket) => {
    // Only the benchmark talks to it.
    const { conversation, author } = socket.handshake.auth as Record<string, string>;
    if (!conversation || !author) return void socket.disconnect();
    void socket.join(conversation);
    socket.on('hello', (since: number, answer: (rows: unknown[]) => void) =>
      answer(missed.all(conversation, since)),
    );
    socket.on('message', (text: string, answer: (seq: number) => void) => {
      const at = Date.now();
      const seq = Number(insert.run(conversation, at, author, text).lastInsertRowid);
      socket.to(conversation).emit('message', { seq, at, author, text });
      answer(seq);
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`, // Listens on TCP, so it is one.
    stop: async () => {
      await io.close();
      database.close();
    },
  };
});
