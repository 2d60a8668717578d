// The keys of each action: as they come, or as the agent has chosen. No two actions share any.

import type { ChosenShortcuts } from '#shared/account/shortcuts.ts';
import type { Action } from './action.ts';

/** One of the shortcuts of an action, by its place among them. */
export interface Slot {
  readonly action: Action;
  readonly at: number;
}

type Keyed = Pick<Action, 'id' | 'keys'>;

export class Shortcuts {
  readonly #all: readonly Action[];
  #chosen = $state.raw<ChosenShortcuts>({});
  readonly #keys = $derived.by(() => keysByAction(this.#all, this.#chosen));

  constructor(all: readonly Action[], chosen: ChosenShortcuts) {
    this.#all = all;
    this.#chosen = chosen;
  }

  get chosen(): ChosenShortcuts {
    return this.#chosen;
  }

  /** The agent has chosen, here or in another browser. */
  replace(chosen: ChosenShortcuts): void {
    this.#chosen = chosen;
  }

  /** Undefined for a shortcut that another action has now. */
  at({ action, at }: Slot): string | undefined {
    return this.#keys.get(action.id)?.[at];
  }

  of(action: Action): readonly string[] {
    return (this.#keys.get(action.id) ?? []).filter((keys) => keys !== undefined);
  }

  /** Which shortcut has the keys. */
  holder(keys: string): Slot | null {
    for (const action of this.#all) {
      const at = this.#keys.get(action.id)?.indexOf(keys) ?? -1;
      if (at !== -1) return { action, at };
    }
    return null;
  }

  /** What would be chosen with these shortcuts changed. */
  with(changes: readonly (Slot & { readonly keys: string })[]): ChosenShortcuts {
    const next = new Map<string, readonly string[]>(Object.entries(this.#chosen));
    for (const { action, at, keys } of changes) {
      const own = next.get(action.id);
      next.set(action.id, action.keys.map((one, place) => own?.[place] ?? one).with(at, keys));
    }
    for (const { id, keys } of this.#all) {
      if (next.get(id)?.join() === keys.join()) next.delete(id);
    }
    return Object.fromEntries(next);
  }
}

/** What is chosen comes first: where it takes what another action comes with, that one has nothing there. */
export function keysByAction(
  all: readonly Keyed[],
  chosen: ChosenShortcuts,
): ReadonlyMap<string, readonly (string | undefined)[]> {
  const taken = new Set(all.flatMap(({ id, keys }) => (chosen[id] ?? []).slice(0, keys.length)));
  const free = (keys: string | undefined) => (keys && taken.has(keys) ? undefined : keys);
  return new Map(
    all.map(({ id, keys }) => {
      const own = chosen[id];
      return [id, keys.map((one, at) => own?.[at] ?? free(one))];
    }),
  );
}
