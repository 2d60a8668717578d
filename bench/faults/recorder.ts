// Writes down what goes through the sockets of one tab, and what its outbox takes.

import type { ConversationSnapshot } from '#shared/conversation/snapshot.ts';
import { PING, PONG } from '#shared/frames.ts';
import type { OutboxItem } from '#web/lib/live/outbox.ts';
import type { Observer } from '../client/page.ts';
import type { ClientFrame, Command, ServerFrame } from './check/protocol.ts';
import {
  isAnswered,
  SECRET,
  type CommandRecord,
  type ConversationHistory,
  type TabRecord,
} from './history.ts';

export class Recorder implements Observer {
  readonly #history: ConversationHistory;
  readonly #record: TabRecord;
  readonly #changed: () => void;
  /** Commands that survive a reload. */
  readonly #kept = new Set<string>();
  #since: number | null = null;
  #welcomes = 0;

  /** @param changed called when the page has dealt with what was recorded */
  constructor(history: ConversationHistory, record: TabRecord, changed: () => void) {
    this.#history = history;
    this.#record = record;
    this.#changed = changed;
  }

  get welcomes(): number {
    return this.#welcomes;
  }

  kept({ id, after, command }: OutboxItem): void {
    this.#kept.add(id);
    this.#commandRecord(id, after, command);
  }

  sent(text: string): void {
    if (text === PING) return;
    const frame = JSON.parse(text) as ClientFrame; // The product's own client has made it.
    if (frame.type === 'hello') this.#since = frame.since;
    if (frame.type === 'command') {
      this.#commandRecord(frame.id, frame.after, frame.command).sent++;
    }
  }

  received(text: string): void {
    if (text === PONG) return;
    const { audience, leaks, steps } = this.#record;
    if (audience === 'everyone' && text.includes(SECRET)) leaks.push(text);
    const frame = JSON.parse(text) as ServerFrame; // Judged afterwards, not trusted.
    switch (frame.type) {
      case 'welcome': {
        const { reset, seq, state, events } = frame;
        this.#welcomes++;
        steps.push({ kind: 'welcome', since: this.#since, reset, seq, state, events });
        this.#heard(events);
        break;
      }
      case 'events':
        steps.push({ kind: 'events', upTo: frame.upTo, events: frame.events });
        this.#heard(frame.events);
        break;
      case 'accepted':
        this.#find(frame.id)?.accepted.push(frame.seq);
        break;
      case 'refused':
        if (frame.id !== null) this.#find(frame.id)?.refused.push(frame.refusal.code);
        break;
      case 'signal':
        break;
    }
    setImmediate(this.#changed);
  }

  closed(): void {
    setImmediate(this.#changed);
  }

  /** The page begins with what the server has rendered, if anything; all but its outbox is forgotten. */
  begun(initial: ConversationSnapshot | null): void {
    this.#record.steps.push({ kind: 'begin', since: initial?.seq ?? null });
    this.#heard(initial?.events ?? []);
    for (const record of this.#history.commands) {
      const isOwn = record.tab === this.#record.name && !this.#kept.has(record.id);
      if (isOwn && !isAnswered(record)) record.abandoned = true;
    }
  }

  #heard(events: readonly { readonly id: string }[]): void {
    for (const { id } of events) {
      const own = this.#find(id);
      if (own?.by === this.#record.person) own.heard = true;
    }
  }

  #find(id: string): CommandRecord | undefined {
    return this.#history.commands.find((record) => record.id === id);
  }

  #commandRecord(id: string, after: number, command: Command): CommandRecord {
    const known = this.#find(id);
    if (known) return known;
    const { person, name } = this.#record;
    const record: CommandRecord = {
      id,
      after,
      command,
      by: person,
      tab: name,
      sent: 0,
      accepted: [],
      refused: [],
      heard: false,
      abandoned: false,
    };
    this.#history.commands.push(record);
    return record;
  }
}
