// The commands of each socket, one after the other: one may wait for another actor, and what the same client said
// after it must not overtake it.

export class CommandQueue {
  /** The last command of each socket, until it is answered. */
  readonly #last = new WeakMap<WebSocket, Promise<void>>();

  /**
   * Undefined when it was answered at once, as most are. What a socket still has in the queue when it closes is
   * dropped: its client sends it again.
   */
  take(socket: WebSocket, answer: () => Promise<void> | undefined): Promise<void> | undefined {
    const earlier = this.#last.get(socket);
    const answered = earlier
      ? earlier.then(() => (socket.readyState === WebSocket.OPEN ? answer() : undefined))
      : answer();
    if (!answered) return undefined;
    const settled = answered
      .catch(() => undefined) // Its caller is told; the next command does not depend on it.
      .then(() => {
        if (this.#last.get(socket) === settled) this.#last.delete(socket);
      });
    this.#last.set(socket, settled);
    return answered;
  }
}
