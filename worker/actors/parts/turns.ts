// The commands of each client, one after the other: one may wait for another actor, and what the same client
// said after it must not overtake it.

export class Turns {
  /** The last command of each socket, until it is answered. */
  readonly #last = new WeakMap<WebSocket, Promise<void>>();

  /**
   * Undefined when it was answered at once, as most are. What a socket still has to say when it closes is
   * left: its client says it again.
   * @param failed what follows when an answer breaks that was waited for
   */
  take(
    socket: WebSocket,
    answer: () => Promise<void> | undefined,
    failed: (error: unknown) => void,
  ): Promise<void> | undefined {
    const earlier = this.#last.get(socket);
    const turn = earlier
      ? earlier.then(() => (socket.readyState === WebSocket.OPEN ? answer() : undefined))
      : answer();
    if (!turn) return undefined;
    const settled = turn.catch(failed).then(() => {
      if (this.#last.get(socket) === settled) this.#last.delete(socket);
    });
    this.#last.set(socket, settled);
    return settled;
  }
}
