// A socket of somebody who does not listen: what it is refused it says again, and where it is closed it comes back.

import type { WebSocket } from 'ws';

/** `told`: refused, with the seconds to wait. */
export type Outcome = 'taken' | 'told' | 'other';

/** With an id it is answered. */
export type Said = { readonly type: string; readonly id?: string } & object;

interface Heard {
  type: string;
  id?: string;
  refusal?: { details: { seconds?: number } };
  events?: { id: string }[];
}

export class LoudSocket {
  readonly #connect: () => WebSocket;
  readonly #hello: string;
  readonly #outcomeOf: (code: number, reason: Buffer) => Outcome;
  readonly #answers = new Map<string, (outcome: Outcome) => void>();
  #socket: WebSocket | null = null;
  #opened: Promise<Outcome> | null = null;
  /** What the last socket was closed with, until it is counted. */
  #closed: Outcome | null = null;

  constructor(
    connect: () => WebSocket,
    hello: string,
    outcomeOf: (code: number, reason: Buffer) => Outcome,
  ) {
    this.#connect = connect;
    this.#hello = hello;
    this.#outcomeOf = outcomeOf;
  }

  async say(what: Said): Promise<Outcome> {
    const closed = this.#closed;
    this.#closed = null;
    if (closed) return closed;
    const opened = await (this.#opened ??= this.#open());
    if (opened !== 'taken') return opened;
    this.#socket?.send(JSON.stringify(what));
    const { id } = what;
    if (id === undefined) return 'taken';
    const answered = new Promise<Outcome>((resolve) => this.#answers.set(id, resolve));
    return answered.finally(() => this.#answers.delete(id));
  }

  #open(): Promise<Outcome> {
    return new Promise((resolve) => {
      const socket = this.#connect();
      let isWelcome = false;
      this.#socket = socket;
      socket.on('open', () => socket.send(this.#hello));
      socket.on('message', (data: Buffer) => {
        const heard = JSON.parse(String(data)) as Heard; // Floods only the project's own server.
        if (heard.type === 'welcome') isWelcome = true;
        if (isWelcome) resolve('taken');
        this.#hear(heard);
      });
      socket.on('close', (code, reason) => {
        const outcome = this.#outcomeOf(code, reason);
        if (isWelcome) this.#closed = outcome;
        resolve(outcome);
        for (const answer of this.#answers.values()) answer(outcome);
        this.#opened = null;
      });
    });
  }

  #hear({ type, id, refusal, events = [] }: Heard): void {
    const refused = refusal?.details.seconds === undefined ? 'other' : 'told';
    if (id) this.#answers.get(id)?.(type === 'refused' ? refused : 'taken');
    for (const event of events) this.#answers.get(event.id)?.('taken');
  }
}
