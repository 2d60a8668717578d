// Starts the server's process, gives it orders, and kills it with everything below it.

import { fork, type ChildProcess } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Statement } from '../../../scripts/sql.ts';
import type { Order } from './serve.ts';

const sayingSchema = v.union([
  v.object({ ready: v.string() }),
  v.object({ order: v.number(), error: v.optional(v.string()) }),
]);

/** It is killed under load; a busy machine takes its time to start it again. */
const START_MS = 300_000;

export class ServerProcess {
  readonly port: number;
  readonly #stateFolder: string;
  readonly #assets: string;
  readonly #log: WriteStream;
  readonly #waiting = new Map<number, (error: string | undefined) => void>();
  #child: ChildProcess | null = null;
  #lastOrder = 0;
  #isUp = false;
  #starts = 0;

  private constructor(port: number, stateFolder: string, assets: string) {
    this.port = port;
    this.#stateFolder = stateFolder;
    this.#assets = assets;
    this.#log = createWriteStream(join(stateFolder, 'server.log'), { flags: 'a' });
  }

  static async start(stateFolder: string, assets: string): Promise<ServerProcess> {
    const server = new ServerProcess(await freePort(), stateFolder, assets);
    await server.restart();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  /** How often it has been started. */
  get starts(): number {
    return this.#starts;
  }

  async restart(): Promise<void> {
    const given = { port: this.port, stateFolder: this.#stateFolder, assets: this.#assets };
    // In a process group of its own, so that workerd, its child, dies with it.
    const child = fork(join(import.meta.dirname, 'serve.ts'), [JSON.stringify(given)], {
      detached: true,
      silent: true,
      execArgv: [],
    });
    child.stdout?.pipe(this.#log, { end: false });
    child.stderr?.pipe(this.#log, { end: false });
    this.#child = child;
    await this.#readiness(child);
    this.#isUp = true;
    this.#starts++;
  }

  /** As a power cut does it: no process gets to say goodbye. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child?.pid) return;
    this.#isUp = false;
    const gone = new Promise((exited) => child.once('exit', exited));
    process.kill(-child.pid, 'SIGKILL');
    await gone;
    for (const answer of [...this.#waiting.values()]) answer('the server was killed');
    this.#child = null;
  }

  run(statements: readonly Statement[]): Promise<void> {
    const copied = statements.map(({ sql, params }) => ({ sql, params: [...params] }));
    return this.#order({ statements: copied });
  }

  #readiness(child: ChildProcess): Promise<void> {
    return new Promise((ready, failed) => {
      const timer = setTimeout(() => failed(new Error('the server did not start')), START_MS);
      child.once('exit', () => failed(new Error('the server died; see server.log')));
      child.on('message', (message) => {
        const saying = v.parse(sayingSchema, message);
        if ('order' in saying) return this.#waiting.get(saying.order)?.(saying.error);
        clearTimeout(timer);
        ready();
      });
    });
  }

  #order(order: Omit<Order, 'order'>): Promise<void> {
    const number = ++this.#lastOrder;
    return new Promise((done, failed) => {
      this.#waiting.set(number, (error) => {
        this.#waiting.delete(number);
        if (error === undefined) done();
        else failed(new Error(error));
      });
      if (!this.#isUp || !this.#child?.connected) this.#waiting.get(number)?.('the server is down');
      else this.#child.send({ ...order, order: number });
    });
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening));
  const { port } = probe.address() as AddressInfo; // A TCP server's address is always this.
  await new Promise((closed) => probe.close(closed));
  return port;
}
