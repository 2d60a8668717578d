// Which elements want a tooltip. What shows them is a large part of a page's code and not needed to use it, so it loads
// later; until then they are remembered here.

import { tick } from 'svelte';
import type { HTMLButtonAttributes } from 'svelte/elements';

export interface TooltipWords {
  readonly name: string;
  readonly keys: string | undefined;
  /** Below the name. */
  readonly more: string | null;
}

export class TooltipTrigger {
  readonly button: HTMLButtonElement;
  readonly #call: PointerEvent | FocusEvent;
  readonly #words: () => TooltipWords;
  #attributes = $state.raw<HTMLButtonAttributes>({});

  /** @param call what called for the tooltip */
  constructor(
    button: HTMLButtonElement,
    call: PointerEvent | FocusEvent,
    words: () => TooltipWords,
  ) {
    this.button = button;
    this.#call = call;
    this.#words = words;
  }

  get words(): TooltipWords {
    return this.#words();
  }
  /** What the button needs to have, so that the tooltip hears of pointer and focus. */
  get attributes(): HTMLButtonAttributes {
    return this.#attributes;
  }
  give(attributes: HTMLButtonAttributes): void {
    this.#attributes = attributes;
  }

  /** Lets the button hear once more what called for the tooltip, if that still holds. */
  async hearAgain(): Promise<void> {
    await tick();
    const call = this.#call;
    const isPointer = call instanceof PointerEvent;
    if (!this.button.matches(isPointer ? ':hover' : ':focus')) return;
    this.button.dispatchEvent(
      isPointer ? new PointerEvent(call.type, call) : new FocusEvent(call.type),
    );
  }
}

/** Pointer and focus fill it, so it stays empty on the server. */
class Tooltips {
  #triggers = $state.raw<readonly TooltipTrigger[]>([]);

  get triggers(): readonly TooltipTrigger[] {
    return this.#triggers;
  }
  add(trigger: TooltipTrigger): void {
    this.#triggers = [...this.#triggers, trigger];
  }
  remove(trigger: TooltipTrigger): void {
    this.#triggers = this.#triggers.filter((one) => one !== trigger);
  }
}

export const tooltips = new Tooltips();
