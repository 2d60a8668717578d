// A socket of the paper desk: slow, in order, and sometimes cut, in which case what was under way is lost.

import type { Link, LinkEvents } from '../client/link.ts';
import type { Random } from '../../../tests/support/random.ts';

const CUTS = 0.01;
const LATENCY_MS = 20;
const LOST = 1006;

export class PaperSocket {
  /** Whose queue it watches. */
  department = '';
  readonly #random: Random;
  readonly #client: LinkEvents;
  readonly #heard: (text: string) => void;
  readonly #arrivesAt = { up: 0, down: 0 };
  #isOpen = true;

  constructor(random: Random, client: LinkEvents, heard: (text: string) => void) {
    this.#random = random;
    this.#client = client;
    this.#heard = heard;
    this.#travel('down', () => client.opened());
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  get link(): Link {
    return {
      send: (text) => {
        if (text === 'ping') this.#travel('down', () => this.#client.text('pong'));
        else this.#travel('up', () => this.#heard(text));
      },
      close: () => (this.#isOpen = false),
    };
  }

  send(frame: object): void {
    this.#travel('down', () => this.#client.text(JSON.stringify(frame)));
  }

  /** Closes it with a code, behind what was sent. */
  sendAway(code: number): void {
    this.#travel('down', () => {
      this.#isOpen = false;
      this.#client.closed(code);
    });
  }

  #travel(way: 'up' | 'down', arrive: () => void): void {
    if (!this.#isOpen) return;
    if (this.#random.chance(CUTS)) return this.#cut();
    const at = Date.now() + this.#random.next() * LATENCY_MS;
    this.#arrivesAt[way] = Math.max(this.#arrivesAt[way], at);
    setTimeout(() => this.#isOpen && arrive(), this.#arrivesAt[way] - Date.now());
  }

  #cut(): void {
    this.#isOpen = false;
    setTimeout(() => this.#client.closed(LOST), 1);
  }
}
