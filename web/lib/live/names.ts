// The names of what conversations know only by id. What the settings no longer have keeps its id.

import type { Rules } from '#shared/settings/rules.ts';

export class Names {
  readonly #current: () => Rules;

  /** @param current the rules as they are now */
  constructor(current: () => Rules) {
    this.#current = current;
  }

  get #rules(): Rules {
    return this.#current();
  }

  department(id: string): string {
    return nameIn(this.#rules.departments, id);
  }

  /** @param id null: the default */
  priority(id: string | null): string {
    return nameIn(this.#rules.priorities, id ?? this.#rules.defaultPriority);
  }

  sla(id: string): string {
    return nameIn(this.#rules.sla, id);
  }
}

const nameIn = (all: readonly { id: string; name: string }[], id: string): string =>
  all.find((one) => one.id === id)?.name ?? id;
