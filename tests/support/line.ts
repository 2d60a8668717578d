// A telephone line between a browser and the desk, which a story can cut: a plain TCP proxy.

import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

export class Line {
  /** The desk's address through this line. */
  readonly url: string;
  readonly #server: Server;
  readonly #sockets: Set<Socket>;
  #isCut = false;

  private constructor(server: Server, sockets: Set<Socket>) {
    const { port } = server.address() as AddressInfo; // A TCP server's address is always this.
    this.url = `http://127.0.0.1:${port}`;
    this.#server = server;
    this.#sockets = sockets;
  }

  static async to(desk: string): Promise<Line> {
    const { hostname, port } = new URL(desk);
    const sockets = new Set<Socket>();
    const server = createServer((near) => {
      if (line.#isCut) return near.destroy();
      const far = connect(Number(port), hostname);
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        sockets.add(one);
        one.pipe(other);
        one.on('error', () => other.destroy());
        one.on('close', () => {
          sockets.delete(one);
          other.destroy();
        });
      }
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const line = new Line(server, sockets);
    return line;
  }

  /** Drops every connection and lets none through. */
  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  restore(): void {
    this.#isCut = false;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((closed) => this.#server.close(closed));
  }
}
