// What an agent's departments know of them, as the agent keeps it: stored with each change, and told.

import type { AgentId, DepartmentId } from '#shared/ids.ts';
import type { Outbox } from '../parts/outbox.ts';
import { offline } from './availability.ts';
import { offlineEffects, rosterEffects, type AgentEffect } from './effects.ts';
import { PresenceTable, type AgentPresence } from './presence.ts';
import type { Slots } from './slots.ts';
import type { usageOf } from './usage.ts';

interface Deps {
  readonly id: AgentId;
  readonly storage: DurableObjectStorage;
  readonly slots: Slots;
  readonly env: Pick<Env, 'DEPARTMENT'>;
  readonly outbox: () => Outbox<AgentEffect>;
  readonly usageIn: (departmentId: DepartmentId) => ReturnType<typeof usageOf>;
  /** Something is in the outbox. */
  readonly drain: () => void;
}

export class OwnPresence {
  readonly #deps: Deps;
  readonly #table: PresenceTable;
  #current: AgentPresence;

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#table = new PresenceTable(deps.storage.sql);
    this.#current = this.#table.load(deps.id);
  }

  get current(): AgentPresence {
    return this.#current;
  }

  /** Stored, and told by who asks for it. */
  keep(presence: AgentPresence): void {
    this.#current = presence;
    this.#table.save(presence);
  }

  change(change: Partial<AgentPresence>): void {
    const presence = { ...this.#current, ...change };
    if (JSON.stringify(presence) !== JSON.stringify(this.#current)) this.tell(presence);
  }

  /** Stores it and tells the departments, those that the agent has left included. */
  tell(told = this.#current, further: readonly AgentEffect[] = []): void {
    const { storage, outbox, drain } = this.#deps;
    const before = this.#current;
    const presence = { ...told, version: before.version + 1 };
    storage.transactionSync(() => {
      this.#table.save(presence);
      outbox().post([...rosterEffects(before, presence), ...further]);
    });
    this.#current = presence;
    drain();
  }

  goOffline(): void {
    if (!this.#current.online) return;
    const reachable = this.#current.availability === 'available';
    this.tell(
      { ...offline(this.#current), reachable },
      offlineEffects(this.#deps.slots.served(), false),
    );
  }

  /** Their account is gone. */
  end(): void {
    this.tell(
      { ...offline(this.#current), reachable: false, departments: [] },
      offlineEffects(this.#deps.slots.served(), true),
    );
  }

  announceTo(departmentId: DepartmentId): Promise<void> {
    const { maxConversations: _, departments: __, reachable, ...entry } = this.#current;
    const { open, openHere, limit, serves } = this.#deps.usageIn(departmentId);
    const department = this.#deps.env.DEPARTMENT.getByName(departmentId);
    const pushed = entry.pushed && (reachable || entry.availability === 'available');
    return department.announce({ ...entry, open, openHere, limit, serves, pushed });
  }
}
