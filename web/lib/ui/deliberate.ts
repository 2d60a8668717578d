// Whether a press or click in a dialog is meant for it, or only came along with what opened it.

/** So soon after it opened, nobody has read a question. */
const SOON_MS = 700;

export interface DialogPress {
  readonly type: string;
  readonly key: string;
  readonly repeat: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

export class Deliberate {
  readonly #openedAt: number;
  readonly #isQuestion: boolean;
  readonly #pressedHere = new Set<string>();
  /** The key that opened the dialog, known once it is let go. */
  #opener: string | null = null;
  /** Somebody goes on with a sentence that they take to be in a field. */
  #isWriting = false;

  /** @param isQuestion whether it has no field, and asks only for a yes */
  constructor(openedAt: number, isQuestion: boolean) {
    this.#openedAt = openedAt;
    this.#isQuestion = isQuestion;
  }

  /** Whether a press, or its end, has to be without effect. */
  keepsBack(press: DialogPress, now: number): boolean {
    const { type, key, repeat } = press;
    if (type === 'keyup' && !this.#pressedHere.has(key)) this.#opener ??= key;
    if (repeat) return !this.#pressedHere.has(key) || confirms(key);
    if (type === 'keydown') this.#note(press);
    if (!this.#isQuestion || !confirms(key)) return false;
    return this.#isWriting || (this.#isSoon(now) && (key === ' ' || key === this.#opener));
  }

  /** The second of two clicks opens nothing and confirms nothing. */
  keepsBackClick({ detail }: { readonly detail: number }, now: number): boolean {
    return detail > 1 && this.#isSoon(now);
  }

  #note({ key, ctrlKey, metaKey }: DialogPress): void {
    this.#pressedHere.add(key);
    if (key === 'Tab') this.#isWriting = false;
    else if ([...key].length === 1 && key !== ' ' && !ctrlKey && !metaKey) this.#isWriting = true;
  }

  #isSoon(now: number): boolean {
    return now - this.#openedAt < SOON_MS;
  }
}

const confirms = (key: string): boolean => key === 'Enter' || key === ' ';
