// A department's queue and roster, live.

import * as v from 'valibot';
import { evolveDepartment, type DepartmentState } from '#shared/department.ts';
import { departmentServerFrame, PROTOCOL, SUBPROTOCOL } from '#shared/frames.ts';
import { Connection, type ConnectionStatus } from './connection.ts';

export class LiveDepartment {
  readonly #connection: Connection;
  #state: DepartmentState = $state.raw()!;
  #status = $state.raw<ConnectionStatus>('connecting');

  /** @param origin of the desk, absolute */
  constructor(initial: DepartmentState, origin: string) {
    this.#state = initial;
    this.#connection = new Connection({
      url: `${origin}/ws/departments/${initial.departmentId}`,
      protocols: [SUBPROTOCOL],
      hello: () => ({ type: 'hello', protocol: PROTOCOL, since: null }),
      onFrame: (frame) => this.#receive(v.parse(departmentServerFrame, frame)),
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
  get status() {
    return this.#status;
  }

  close(): void {
    this.#connection.close();
  }

  #receive(frame: v.InferOutput<typeof departmentServerFrame>): void {
    if (frame.type === 'welcome') this.#state = frame.state;
    if (frame.type === 'events') this.#state = frame.events.reduce(evolveDepartment, this.#state);
  }
}
