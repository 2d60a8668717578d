// How an agent gives an action other keys: they press them, and may have to swap with the action that has them.

import { neededBy, type ChosenShortcuts, type NeededBy } from '#shared/account/shortcuts.ts';
import type { Shortcuts, Slot } from './shortcuts.svelte.ts';

interface Ports {
  readonly shortcuts: Shortcuts;
  /** Keeps it for the account, and tells if that failed. */
  readonly save: (chosen: ChosenShortcuts) => Promise<boolean>;
}

export interface Clash {
  readonly slot: Slot;
  readonly keys: string;
  readonly holder: Slot;
  /** False where there is nothing to give in return. */
  readonly canSwap: boolean;
}

export const isSame = (one: Slot | null, other: Slot): boolean =>
  one?.action === other.action && one.at === other.at;

export class Rebinding {
  readonly #ports: Ports;
  #asked = $state.raw<Slot | null>(null);
  #refused = $state.raw<{ keys: string; by: NeededBy } | null>(null);
  #clash = $state.raw<Clash | null>(null);

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  /** The shortcut whose new keys are awaited. */
  get asked(): Slot | null {
    return this.#asked;
  }
  /** What was pressed for it and can't be had. */
  get refused() {
    return this.#refused;
  }
  get clash(): Clash | null {
    return this.#clash;
  }

  /** The action whose shortcut can't have what was pressed. */
  get answered(): Slot['action'] | null {
    return (this.#clash?.slot ?? (this.#refused && this.#asked))?.action ?? null;
  }

  isChanged(slot: Slot): boolean {
    return this.#ports.shortcuts.at(slot) !== slot.action.keys[slot.at];
  }

  ask(slot: Slot): void {
    this.cancel();
    this.#asked = slot;
  }

  cancel(): void {
    this.#asked = null;
    this.#refused = null;
    this.#clash = null;
  }

  /** @returns whether the action has the keys now */
  async press(keys: string): Promise<boolean> {
    const slot = this.#asked;
    if (!slot) return false;
    const by = neededBy(keys);
    this.#refused = by && { keys, by };
    return by === null && this.#give(slot, keys);
  }

  async reset(slot: Slot): Promise<boolean> {
    const keys = slot.action.keys[slot.at];
    return keys !== undefined && this.#give(slot, keys);
  }

  resetAll(): Promise<boolean> {
    this.cancel();
    return this.#keep({});
  }

  async swap(): Promise<boolean> {
    if (!this.#clash) return false;
    const { slot, keys, holder } = this.#clash;
    const { shortcuts } = this.#ports;
    const back = shortcuts.at(slot);
    this.cancel();
    if (back === undefined) return false;
    const changes = [
      { ...slot, keys },
      { ...holder, keys: back },
    ];
    return this.#keep(shortcuts.with(changes));
  }

  async #give(slot: Slot, keys: string): Promise<boolean> {
    const { shortcuts } = this.#ports;
    const holder = shortcuts.holder(keys);
    this.cancel();
    if (!holder) return this.#keep(shortcuts.with([{ ...slot, keys }]));
    if (isSame(holder, slot)) return true;
    this.#clash = { slot, keys, holder, canSwap: shortcuts.at(slot) !== undefined };
    return false;
  }

  /** At once: the keys work while the server learns of them. */
  async #keep(chosen: ChosenShortcuts): Promise<boolean> {
    const { shortcuts, save } = this.#ports;
    const before = shortcuts.chosen;
    shortcuts.replace(chosen);
    const isKept = await save(chosen);
    if (!isKept && shortcuts.chosen === chosen) shortcuts.replace(before);
    return isKept;
  }
}
