// Who is typing: said sparingly, heard for a while.

import type { Author } from '#shared/identity.ts';
import type { Connection } from './connection.ts';

const SAID_EVERY_MS = 3_000;
const FORGOTTEN_MS = 6_000;

export class Typing {
  readonly #connection: Pick<Connection, 'send'>;
  #saidAt = 0;
  #typist = $state.raw<Author | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(connection: Pick<Connection, 'send'>) {
    this.#connection = connection;
  }

  /** Who on the other side is typing. */
  get typist() {
    return this.#typist;
  }

  /** Something is being written here, or no longer is. */
  say(typing: boolean): void {
    const now = Date.now();
    if (typing ? now - this.#saidAt < SAID_EVERY_MS : this.#saidAt === 0) return;
    this.#saidAt = typing ? now : 0;
    this.#connection.send({ type: 'signal', signal: { type: 'typing', typing } });
  }

  /** What was written has been sent: the message itself ends the typing on the other side. */
  sent(): void {
    this.#saidAt = 0;
  }

  hear(typist: Author | null): void {
    clearTimeout(this.#timer);
    this.#typist = typist;
    if (typist) this.#timer = setTimeout(() => (this.#typist = null), FORGOTTEN_MS);
  }

  close(): void {
    clearTimeout(this.#timer);
  }
}
