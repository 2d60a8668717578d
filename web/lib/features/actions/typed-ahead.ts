// What an agent types where no field is: kept for the one that is about to come, or the end of what they were writing
// in one that has just gone.

/** A text field, as far as it matters here. */
interface WrittenIn {
  readonly isConnected: boolean;
}

export class TypedAhead {
  #text = '';
  /** Where the last key was pressed, if that was a field. */
  #field: WrittenIn | null = null;

  /** A key was pressed in a field. @param isOver whether it ends the writing there */
  pressedIn(field: WrittenIn, isOver: boolean): void {
    this.#field = isOver ? null : field;
  }

  /** The agent has turned to something else on purpose. */
  turn(): void {
    this.#field = null;
  }

  /** Whether the field has gone in which somebody was writing: they may not have seen that yet. */
  get hasLostField(): boolean {
    return this.#field?.isConnected === false;
  }

  keep(character: string): void {
    this.#text += character;
  }

  take(): string {
    const text = this.#text;
    this.#text = '';
    return text;
  }
}
