// Where the pictures of agents are. One that was changed here gets another address, or the old one would stay in sight.

import { createContext } from 'svelte';

export class Pictures {
  #changes = $state.raw<Readonly<Record<string, number>>>({});

  of(agentId: string): string {
    const change = this.#changes[agentId];
    return `/files/avatars/${agentId}${change ? `?v=${change}` : ''}`;
  }

  /** @param at which no other change has */
  changed(agentId: string, at = Date.now()): void {
    this.#changes = { ...this.#changes, [agentId]: at };
  }
}

export const [getPictures, setPictures] = createContext<Pictures>();
