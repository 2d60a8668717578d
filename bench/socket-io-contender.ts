// socket.io as a contender, with its own client, over the same kind of WebSocket as the others.

import { setTimeout as sleep } from 'node:timers/promises';
import { backoffMs } from '#web/lib/live/connection.ts';
import { io, WebSocket as GlobalWebSocket, type Socket } from 'socket.io-client';
import type { Contender, Talk, Talker } from './contender.ts';
import { startServer } from './servers/server.ts';

interface Stored {
  seq: number;
  author: string;
  text: string;
}

class SocketIoTalker implements Talker {
  onText: (text: string) => void = () => {};
  readonly #socket: Socket;
  readonly #author: string;
  #seq = 0;

  constructor(url: string, conversation: string, author: string) {
    this.#author = author;
    this.#socket = io(url, {
      auth: { conversation, author },
      autoConnect: false,
      forceNew: true,
      reconnection: false,
      transports: [GlobalWebSocket],
    });
    this.#socket.on('message', (message: Stored) => this.#receive(message));
  }

  say(text: string): void {
    this.#socket.emit('message', text, (seq: number) => (this.#seq = Math.max(this.#seq, seq)));
  }

  drop(): void {
    this.#socket.disconnect();
  }

  leave(): void {
    this.drop();
  }

  async comeBack(): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      await sleep(backoffMs(attempt));
      try {
        return await this.connect();
      } catch {
        this.drop();
      }
    }
  }

  async connect(): Promise<void> {
    await new Promise<void>((connected, failed) => {
      this.#socket.once('connect', connected);
      this.#socket.once('connect_error', failed);
      this.#socket.connect();
    });
    const missed = (await this.#socket.emitWithAck('hello', this.#seq)) as Stored[];
    for (const message of missed) this.#receive(message);
  }

  #receive({ seq, author, text }: Stored): void {
    if (seq <= this.#seq) return;
    this.#seq = seq;
    if (author !== this.#author) this.onText(text);
  }
}

export async function startSocketIo(): Promise<Contender> {
  const server = await startServer('socket-io');
  const talk = async (): Promise<Talk> => {
    const conversation = crypto.randomUUID();
    const visitor = new SocketIoTalker(server.url, conversation, 'visitor');
    const agent = new SocketIoTalker(server.url, conversation, 'agent');
    await visitor.connect();
    await agent.connect();
    return { visitor, agent };
  };
  return { name: 'socket.io', server, talk };
}
