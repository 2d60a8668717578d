// The two streams that are snapshots and changes: a department's queue, and an agent's own places.

import { Line, type LineOptions } from './line.ts';
import type { AgentFrame, DepartmentFrame, Slot, QueueEntry } from './protocol.ts';

abstract class Stream<Frame> {
  readonly line: Line;
  turnedAway: number | null = null;

  constructor(options: LineOptions) {
    this.line = new Line(options, {
      since: () => null,
      overdue: () => false,
      frame: (frame) => this.hear(frame as Frame),
      turnedAway: (code) => (this.turnedAway = code),
    });
  }

  protected abstract hear(frame: Frame): void;
}

export class QueueStream extends Stream<DepartmentFrame> {
  readonly queue = new Map<string, QueueEntry>();

  protected override hear(frame: DepartmentFrame): void {
    if (frame.type === 'welcome') {
      this.queue.clear();
      for (const entry of frame.state.queue) this.queue.set(entry.conversationId, entry);
    }
    if (frame.type !== 'events') return;
    for (const event of frame.events) {
      if (event.type === 'entry.put') this.queue.set(event.entry.conversationId, event.entry);
      if (event.type === 'entry.removed') this.queue.delete(event.conversationId);
    }
  }
}

export class OwnStream extends Stream<AgentFrame> {
  /** His conversations, and as what he has them. */
  readonly places = new Map<string, Slot['as']>();
  isAvailable = false;

  protected override hear(frame: AgentFrame): void {
    if (frame.type === 'welcome') {
      this.places.clear();
      for (const { conversationId, as } of frame.state.slots) this.places.set(conversationId, as);
      this.isAvailable = frame.state.availability === 'available';
    }
    if (frame.type !== 'events') return;
    for (const event of frame.events) {
      if (event.type === 'slot.held') this.places.set(event.conversationId, event.as);
      if (event.type === 'slot.released') this.places.delete(event.conversationId);
      if (event.type === 'availability.changed') {
        this.isAvailable = event.availability === 'available';
      }
    }
  }

  setAvailable(id: string, isAvailable: boolean): void {
    const availability = isAvailable ? 'available' : 'away';
    const command = { type: 'availability.set', availability };
    this.line.send({ type: 'command', id, after: 0, command });
  }
}
