// A TCP proxy on loopback that people reach the server through: it can be slow, stand still, break, and meddle
// with acknowledgements.

import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { Connection, type AckFate } from './connection.ts';

export class Proxy {
  readonly url: string;
  /** Told whenever an acknowledgement has met its fate. */
  onAck: (fate: Exclude<AckFate, 'pass'>) => void = () => undefined;
  readonly #server: Server;
  readonly #connections = new Set<Connection>();
  #fates: AckFate[] = [];
  #isClosed = false;

  private constructor(server: Server) {
    const { port } = server.address() as AddressInfo; // A TCP server's address is always this.
    this.url = `http://127.0.0.1:${port}`;
    this.#server = server;
  }

  /** @param port asked for with each connection: the server may have moved */
  static async to(port: () => number): Promise<Proxy> {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const proxy = new Proxy(server);
    server.on('connection', (near) => {
      if (proxy.#isClosed) return near.destroy();
      const far = connect(port(), '127.0.0.1');
      const connection: Connection = new Connection(
        near,
        far,
        () => proxy.#nextFate(),
        () => proxy.#connections.delete(connection),
      );
      proxy.#connections.add(connection);
    });
    return proxy;
  }

  static toUrl(url: string): Promise<Proxy> {
    const port = Number(new URL(url).port);
    return Proxy.to(() => port);
  }

  /** The sockets that are open. */
  get sockets(): Connection[] {
    return [...this.#connections].filter(({ isUpgraded }) => isUpgraded);
  }

  /** Every connection breaks at once. */
  cutAll(): number {
    const all = [...this.#connections];
    for (const connection of all) connection.cut();
    return all.length;
  }

  /** Breaks every connection and lets none through, until it is restored. */
  cut(): void {
    this.#isClosed = true;
    this.cutAll();
  }

  restore(): void {
    this.#isClosed = false;
  }

  /** Decides what becomes of the next acknowledgement that comes by. */
  nextAck(fate: AckFate): void {
    this.#fates.push(fate);
  }

  /** Every connection is as it should be again: what was held back comes at once. */
  heal(): void {
    this.#fates = [];
    for (const { up, down } of this.#connections) {
      up.heal();
      down.heal();
    }
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((closed) => this.#server.close(closed));
  }

  #nextFate(): AckFate {
    const fate = this.#fates.shift() ?? 'pass';
    if (fate !== 'pass') this.onAck(fate);
    return fate;
  }
}
