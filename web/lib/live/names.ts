// The names of what conversations know only by id. What the settings no longer have keeps its id.

import { fieldsOf } from '#shared/custom-fields.ts';
import type { Rules } from '#shared/settings/rules.ts';

export class Names {
  readonly #current: () => Rules;
  readonly #former: readonly Named[];

  /**
   * @param current the rules as they are now
   * @param former departments that the settings no longer have
   */
  constructor(current: () => Rules, former: readonly Named[]) {
    this.#current = current;
    this.#former = former;
  }

  get #rules(): Rules {
    return this.#current();
  }

  department(id: string): string {
    return nameIn([...this.#rules.departments, ...this.#former], id);
  }

  /** @param id null: the default */
  priority(id: string | null): string {
    return nameIn(this.#rules.priorities, id ?? this.#rules.defaultPriority);
  }

  sla(id: string): string {
    return nameIn(this.#rules.sla, id);
  }

  /** A field of conversations. */
  field(id: string): string {
    return nameIn(fieldsOf(this.#rules.customFields, 'conversation'), id);
  }
}

interface Named {
  readonly id: string;
  readonly name: string;
}

const nameIn = (all: readonly Named[], id: string): string =>
  all.find((one) => one.id === id)?.name ?? id;
