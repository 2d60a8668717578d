// What calls an agent, and how they want to hear of it: told to their tabs and, when no tab shows it, to their devices.

import type { AgentCommand, AgentEvent } from '#shared/agent.ts';
import type { Alert, AlertReason } from '#shared/alerts/alert.ts';
import {
  DEFAULT_PREFERENCES,
  readPreferences,
  type AlertPreferences,
} from '#shared/alerts/preferences.ts';
import type { AgentId, ConversationId } from '#shared/ids.ts';
import { accept, type Outcome } from '#shared/refusals.ts';
import { Ladder } from './ladder.ts';
import type { AgentPresence } from './presence.ts';
import type { SlotUpdate } from './slots.ts';

export type AlertCommand = Extract<
  AgentCommand,
  { type: 'alerts.set' | 'alert.unseen' | 'alert.seen' }
>;

/** Those that no other stream of a tab tells of. The others a tab finds out by itself, and says when nobody sees them. */
const IS_TOLD_TO_TABS: Record<AlertReason, boolean> = {
  queued: false,
  assigned: false,
  invited: false,
  message: false,
  mention: true,
  direct: true,
  sla: true,
  unanswered: true,
};

interface Deps {
  readonly id: AgentId;
  readonly sql: SqlStorage;
  readonly env: Pick<Env, 'CONVERSATION' | 'DIRECTORY' | 'PUSH_SECRET' | 'settings'>;
  readonly now: () => number;
  readonly hasTab: () => boolean;
  readonly presence: () => AgentPresence;
  readonly change: (change: Partial<AgentPresence>) => void;
  readonly broadcast: (event: AgentEvent, except?: WebSocket) => void;
  /** Something may be due now. */
  readonly wake: () => void;
}

export class Alerts {
  readonly #deps: Deps;
  readonly #ladder: Ladder;
  #preferences: AlertPreferences;
  /** Whether a device of theirs takes pushes, as far as is known. */
  #hasDevices: boolean;

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#preferences = this.#load();
    this.#hasDevices = deps.presence().pushed;
    this.#ladder = new Ladder({
      ...deps,
      isCalled: () => this.#isCalled,
      departments: () => deps.presence().departments,
      preferences: () => this.#preferences,
      onNoDevices: () => this.noteDevices(false),
    });
  }

  get preferences(): AlertPreferences {
    return this.#preferences;
  }

  nextAt(): number | null {
    return this.#ladder.nextAt();
  }

  climb(): Promise<void> {
    return this.#ladder.climb();
  }

  /** Something needs the agent. May come twice. */
  raise(alert: Alert): void {
    const { reason, departmentId } = alert;
    const isKept = reason === 'mention' || reason === 'direct';
    if (!this.#ladder.raise(alert, departmentId, isKept ? alert : null)) return;
    if (IS_TOLD_TO_TABS[reason]) this.#deps.broadcast({ type: 'alert.raised', alert });
    this.#deps.wake();
  }

  /** What calls the agent reads otherwise now. */
  reword(alert: Alert): void {
    this.#ladder.reword(alert);
  }

  /** A conversation was given to them by somebody else. A tab would have heard it. */
  arrived({ conversationId: about, departmentId, seq, call }: SlotUpdate): void {
    if (!call || this.#deps.hasTab()) return;
    if (this.#ladder.raise({ about, seq, reason: call }, departmentId)) this.#deps.wake();
  }

  /** Their last tab has gone: what was never in front of their eyes there is told to their devices. */
  async left(conversations: readonly ConversationId[]): Promise<void> {
    if (!this.#isCalled) return;
    const { id, env } = this.#deps;
    const missed = await Promise.all(
      conversations.map((one) => env.CONVERSATION.getByName(one).alertFor(id, 'message')),
    );
    for (const alert of missed) if (alert) this.raise(alert);
  }

  /** They have it before their eyes, or had. */
  seen(about: string, seq: number): void {
    this.#ladder.seen(about, seq);
  }

  noteDevices(hasDevices: boolean): void {
    this.#hasDevices = hasDevices;
    this.#tellDepartments();
  }

  perform(command: AlertCommand, from: WebSocket): Outcome<null> {
    switch (command.type) {
      case 'alerts.set':
        this.#keep(command.preferences);
        this.#deps.broadcast({ type: 'alerts.changed', preferences: this.#preferences }, from);
        break;
      case 'alert.unseen': {
        const { conversationId: about, departmentId, seq } = command;
        const unseen = { about, seq, reason: 'message' } as const;
        if (this.#ladder.raise(unseen, departmentId)) this.#deps.wake();
        break;
      }
      case 'alert.seen':
        this.seen(command.about, command.seq);
    }
    return accept(null);
  }

  /** Nothing calls an agent who is away; one whose tabs are merely gone is called by their devices. */
  get #isCalled(): boolean {
    const { availability, online, reachable } = this.#deps.presence();
    return availability === 'available' || (!online && reachable);
  }

  #keep(preferences: AlertPreferences): void {
    this.#preferences = preferences;
    const keep = 'INSERT OR REPLACE INTO alert_preferences VALUES (1, ?)';
    this.#deps.sql.exec(keep, JSON.stringify(preferences));
    this.#tellDepartments();
  }

  #tellDepartments(): void {
    this.#deps.change({ pushed: this.#hasDevices && this.#preferences.kinds.queued.push });
  }

  #load(): AlertPreferences {
    const row = this.#deps.sql
      .exec<{ body: string }>('SELECT body FROM alert_preferences')
      .toArray()[0];
    return row ? readPreferences(JSON.parse(row.body)) : DEFAULT_PREFERENCES;
  }
}
