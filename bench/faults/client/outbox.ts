// A person's commands at one conversation, kept until they are answered. His tabs share it.

import type { CommandRecord } from '../history.ts';
import type { Command } from './protocol.ts';

export class Outbox {
  readonly #waiting = new Map<string, CommandRecord>();
  readonly #byId = new Map<string, CommandRecord>();
  readonly #listeners = new Set<() => void>();

  /** Told when a command has its answer, in whichever tab that came. */
  onAnswer(listener: () => void): void {
    this.#listeners.add(listener);
  }

  add(record: CommandRecord): void {
    this.#waiting.set(record.id, record);
    this.#byId.set(record.id, record);
  }

  /** Oldest first. */
  get waiting(): readonly CommandRecord[] {
    return [...this.#waiting.values()];
  }

  get isEmpty(): boolean {
    return this.#waiting.size === 0;
  }

  accepted(id: string, seq: number): void {
    this.#settle(id, (record) => record.accepted.push(seq));
  }

  refused(id: string, code: string): void {
    this.#settle(id, (record) => record.refused.push(code));
  }

  /** An event with its id has arrived: that is an answer too. */
  heard(id: string): void {
    this.#settle(id, (record) => (record.heard = true));
  }

  #settle(id: string, note: (record: CommandRecord) => unknown): void {
    const record = this.#byId.get(id);
    if (!record) return;
    note(record);
    if (!this.#waiting.delete(id)) return;
    for (const listener of this.#listeners) listener();
  }
}

export const frameOf = ({
  id,
  after,
  command,
}: {
  id: string;
  after: number;
  command: Command;
}) => ({
  type: 'command',
  id,
  after,
  command,
});
