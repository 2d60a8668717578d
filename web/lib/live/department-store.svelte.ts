// A department's queue and roster, as they are now.

import type * as v from 'valibot';
import {
  departmentEventSchema,
  evolveDepartment,
  type DepartmentState,
  type QueueEntry,
} from '#shared/department.ts';
import { departmentServerFrame, known, knownFrame, PROTOCOL, SUBPROTOCOL } from '#shared/frames.ts';
import { Connection, type ConnectionStatus } from './connection.ts';
import type { Environment } from './environment.ts';

export interface DepartmentStoreOptions {
  /** Told of each conversation that enters the queue, and of one of those that entered it without a connection. */
  onEntered?: (entry: QueueEntry) => void;
  /** Told how many of its offline messages are open, when that changes. */
  onOpenMessages?: (open: number) => void;
  environment?: Environment | undefined;
}

export class DepartmentStore {
  readonly #connection: Connection;
  readonly #options: DepartmentStoreOptions;
  #state: DepartmentState;
  #status = $state.raw<ConnectionStatus>('connecting');

  /** @param origin of the server, absolute */
  constructor(initial: DepartmentState, origin: string, options: DepartmentStoreOptions = {}) {
    this.#state = $state.raw(initial);
    this.#options = options;
    this.#connection = new Connection({
      url: `${origin}/ws/departments/${initial.departmentId}`,
      protocols: () => [SUBPROTOCOL],
      environment: options.environment,
      hello: () => ({ type: 'hello', protocol: PROTOCOL, since: null }),
      onFrame: (frame) => this.#receive(knownFrame(departmentServerFrame, frame)),
      onStatus: (status) => (this.#status = status),
    });
  }

  get id() {
    return this.#state.departmentId;
  }
  get queue() {
    return this.#state.queue;
  }
  get roster() {
    return this.#state.roster;
  }
  /** How near it is to what a day may bring; null: not near. */
  get ceiling() {
    return this.#state.ceiling;
  }
  get status() {
    return this.#status;
  }

  /** Only in a browser; until then the store shows what it was made with. */
  connect(): void {
    this.#connection.connect();
  }

  close(): void {
    this.#connection.close();
  }

  #receive(frame: v.InferOutput<typeof departmentServerFrame> | null): void {
    const queued = new Set(this.#state.queue.map(({ conversationId }) => conversationId));
    if (frame?.type === 'welcome') {
      this.#state = frame.state;
      const missed = frame.state.queue.find(({ conversationId }) => !queued.has(conversationId));
      if (missed) this.#options.onEntered?.(missed);
    }
    if (frame?.type !== 'events') return;
    const events = known(departmentEventSchema, frame.events);
    this.#state = events.reduce(evolveDepartment, this.#state);
    for (const event of events) {
      if (event.type === 'offline-messages.counted') this.#options.onOpenMessages?.(event.open);
      if (event.type !== 'entry.put' || queued.has(event.entry.conversationId)) continue;
      queued.add(event.entry.conversationId);
      this.#options.onEntered?.(event.entry);
    }
  }
}
