// The fault-injecting TCP proxy, on loopback: everybody reaches the desk through it.

import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import type { Random } from '../../../tests/support/random.ts';
import { Connection, type AckFate } from './connection.ts';

export class Proxy {
  readonly url: string;
  /** Told whenever an acknowledgement has met its fate. */
  onAck: (fate: Exclude<AckFate, 'pass'>) => void = () => undefined;
  readonly #server: Server;
  readonly #connections: Set<Connection>;
  readonly #random: Random;
  #fates: AckFate[] = [];

  private constructor(server: Server, connections: Set<Connection>, random: Random) {
    const { port } = server.address() as AddressInfo; // A TCP server's address is always this.
    this.url = `http://127.0.0.1:${port}`;
    this.#server = server;
    this.#connections = connections;
    this.#random = random;
  }

  /** `deskPort` is asked for with each connection: the desk may have moved. */
  static async to(deskPort: () => number, random: Random): Promise<Proxy> {
    const connections = new Set<Connection>();
    const server = createServer((near) => {
      const far = connect(deskPort(), '127.0.0.1');
      const connection: Connection = new Connection(
        near,
        far,
        () => proxy.#nextFate(),
        () => connections.delete(connection),
      );
      connections.add(connection);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const proxy = new Proxy(server, connections, random);
    return proxy;
  }

  /** One of the sockets that are open, by chance. */
  any(): Connection | undefined {
    return this.#random.pick([...this.#connections].filter(({ isUpgraded }) => isUpgraded));
  }

  /** The sockets of one line: its present one, and those that it has abandoned. */
  ofLine(lineId: number): Connection[] {
    return [...this.#connections].filter((connection) => connection.lineId === lineId);
  }

  cutAll(): number {
    const all = [...this.#connections];
    for (const connection of all) connection.cut();
    return all.length;
  }

  /** Decides what becomes of the next acknowledgement that comes by. */
  nextAck(fate: AckFate): void {
    this.#fates.push(fate);
  }

  /** Every line is as it should be again: what was held back comes at once. */
  heal(): void {
    this.#fates = [];
    for (const { up, down } of this.#connections) {
      up.heal();
      down.heal();
    }
  }

  async close(): Promise<void> {
    this.cutAll();
    await new Promise((closed) => this.#server.close(closed));
  }

  #nextFate(): AckFate {
    const fate = this.#fates.shift() ?? 'pass';
    if (fate !== 'pass') this.onAck(fate);
    return fate;
  }
}
