// Counts what Cloudflare bills, where it happens: requests to each class of object, rows of each, rows of
// D1. It looks over the platform's own classes, so the actors are counted as they are.

import { AsyncLocalStorage } from 'node:async_hooks';
import { noUnits, type ActorUnits, type Units } from './units.ts';

type Method = (this: object, ...args: unknown[]) => unknown;
type Methods = Record<string, Method>;
type Cursor = Pick<SqlStorageCursor<never>, 'rowsRead' | 'rowsWritten'>;

/** Lifecycle handlers that are not billed as a request. */
const UNBILLED = ['constructor', 'webSocketClose', 'webSocketError'];

export class Ledger {
  #units: Units = noUnits();
  /** A cursor knows its rows only once it has been read to its end. */
  #cursors: { actor: string; cursor: Cursor }[] = [];
  readonly #actorOf = new WeakMap<object, string>();
  readonly #watched = new WeakSet<object>();
  /** The object whose handler is at work, over its awaits too: what it calls of itself is no request. */
  readonly #working = new AsyncLocalStorage<object>();

  reset(): void {
    this.#units = noUnits();
    this.#cursors = [];
  }

  read(): Units {
    for (const { actor, cursor } of this.#cursors) {
      this.#actor(actor).rowsRead += cursor.rowsRead;
      this.#actor(actor).rowsWritten += cursor.rowsWritten;
    }
    this.#cursors = [];
    return structuredClone(this.#units);
  }

  countWorkerRequest(): void {
    this.#units.workerRequests++;
  }

  /** Names an object's storage; the first one is how all of its kind come to be watched. */
  watchStorage(storage: DurableObjectStorage, actor: string): void {
    this.#actorOf.set(storage, actor).set(storage.sql, actor);
    this.#wrap(prototypeOf(storage.sql), 'exec', (sql, cursor) => {
      this.#cursors.push({ actor: this.#nameOf(sql), cursor: cursor as Cursor }); // What `exec` returns.
    });
    this.#wrap(prototypeOf(storage), 'setAlarm', (one) => {
      const units = this.#actor(this.#nameOf(one));
      units.alarmsSet++;
      units.rowsWritten++;
    });
  }

  /** Watches whatever the platform or another object can call of a class. */
  watchRequests(actorClass: { prototype: object }, actor: string): void {
    const prototype = actorClass.prototype as Methods; // Read by name, and only functions are touched.
    if (this.#watched.has(prototype)) return;
    this.#watched.add(prototype);
    for (const name of Object.getOwnPropertyNames(prototype)) {
      const own = Object.getOwnPropertyDescriptor(prototype, name)?.value as Method | undefined;
      if (typeof own !== 'function' || UNBILLED.includes(name)) continue;
      const count = (of: object, work: () => unknown) => this.#request(of, actor, name, work);
      prototype[name] = function (this: object, ...args: unknown[]) {
        return count(this, () => own.apply(this, args));
      };
    }
  }

  /** Watches D1. Its `first` says nothing of rows, so it is answered by `all`. */
  watchDirectory(database: D1Database): void {
    const statement = database.prepare('SELECT 1');
    const prototype = prototypeOf(statement);
    const isNew = !this.#watched.has(prototype);
    const counted = (_: object, result: unknown) => void this.#countDirectory(result);
    this.#wrap(prototype, 'all', counted);
    this.#wrap(prototype, 'run', counted);
    this.#wrap(prototypeOf(database), 'batch', counted);
    this.#watched.add(prototype);
    if (!isNew) return;
    prototype['first'] = async function (this: object, column?: unknown) {
      const { results } = await (this as D1PreparedStatement).all();
      const row = results[0] ?? null;
      return row && typeof column === 'string' ? row[column] : row;
    };
  }

  #wrap(prototype: Methods, name: string, after: (of: object, result: unknown) => void): void {
    const own = prototype[name];
    if (!own || this.#watched.has(own)) return;
    const wrapped: Method = function (this: object, ...args: unknown[]) {
      const result = own.apply(this, args);
      after(this, result);
      return result;
    };
    this.#watched.add(wrapped);
    prototype[name] = wrapped;
  }

  #request(of: object, actor: string, name: string, work: () => unknown): unknown {
    if (this.#working.getStore() === of) return work();
    const units = this.#actor(actor);
    if (name === 'webSocketMessage') units.messages++;
    else if (name === 'alarm') units.alarms++;
    else units.calls[name] = (units.calls[name] ?? 0) + 1;
    return this.#working.run(of, work);
  }

  async #countDirectory(result: unknown): Promise<void> {
    const answers = (await result) as D1Result | D1Result[]; // What `all`, `run` and `batch` return.
    for (const { meta } of Array.isArray(answers) ? answers : [answers]) {
      this.#units.directory.rowsRead += meta.rows_read;
      this.#units.directory.rowsWritten += meta.rows_written;
    }
  }

  #nameOf(storage: object): string {
    return this.#actorOf.get(storage) ?? 'others';
  }

  #actor(name: string): ActorUnits {
    return (this.#units.actors[name] ??= {
      calls: {},
      alarms: 0,
      messages: 0,
      rowsRead: 0,
      rowsWritten: 0,
      alarmsSet: 0,
    });
  }
}

/** Read by name, and only functions are touched. */
const prototypeOf = (instance: object) => Object.getPrototypeOf(instance) as Methods;

export const ledger = new Ledger();
