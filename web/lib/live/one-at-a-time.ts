// Work that must not overlap: it begins at once when nothing is under way, else after what is.

export class OneAtATime {
  #last: Promise<unknown> | null = null;

  run<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last ? this.#last.then(work, work) : work();
    const last = done.then(forget, forget);
    this.#last = last;
    void last.then(() => {
      if (this.#last === last) this.#last = null;
    });
    return done;
  }
}

const forget = (): void => {};
