// The signed-in agent, live: his availability and the conversations he serves.

import * as v from 'valibot';
import { evolveAgent, type AgentState } from '#shared/agent.ts';
import type { Availability } from '#shared/department.ts';
import { agentServerFrame, PROTOCOL, SUBPROTOCOL, type AgentServerFrame } from '#shared/frames.ts';
import { newCommandId } from '#shared/ids.ts';
import { Connection, type ConnectionStatus } from './connection.ts';

export class LiveAgent {
  readonly #connection: Connection;
  #state: AgentState = $state.raw()!;
  #status = $state.raw<ConnectionStatus>('connecting');
  #closeCode = $state.raw<number | null>(null);
  /** What he chose and the server has not confirmed yet. */
  #chosen = $state.raw<Availability | null>(null);

  /** @param origin of the desk, absolute */
  constructor(initial: AgentState, origin: string) {
    this.#state = initial;
    this.#connection = new Connection({
      url: `${origin}/ws/agents/me`,
      protocols: [SUBPROTOCOL],
      hello: () => ({ type: 'hello', protocol: PROTOCOL, since: null }),
      onFrame: (frame) => this.#receive(v.parse(agentServerFrame, frame)),
      onStatus: (status, closeCode) => {
        this.#status = status;
        this.#closeCode = closeCode;
      },
    });
  }

  get availability() {
    return this.#chosen ?? this.#state.availability;
  }
  get held() {
    return this.#state.held;
  }
  get status() {
    return this.#status;
  }
  get closeCode() {
    return this.#closeCode;
  }

  /** Only in a browser; until then the store shows what it was made with. */
  connect(): void {
    this.#connection.connect();
  }

  setAvailability(availability: Availability): void {
    this.#chosen = availability;
    this.#sendChosen();
  }

  close(): void {
    this.#connection.close();
  }

  #sendChosen(): void {
    if (!this.#chosen) return;
    const command = { type: 'availability.set', availability: this.#chosen };
    this.#connection.send({ type: 'command', id: newCommandId(), after: 0, command });
  }

  #receive(frame: AgentServerFrame): void {
    switch (frame.type) {
      case 'welcome':
        this.#state = frame.state;
        this.#sendChosen();
        return;
      case 'events':
        this.#state = frame.events.reduce(evolveAgent, this.#state);
        if (this.#state.availability === this.#chosen) this.#chosen = null;
        return;
      case 'refused':
        this.#chosen = null;
        return;
      case 'accepted':
    }
  }
}
