// The signed-in agent: their availability, their conversations, and what they have begun to write.

import type * as v from 'valibot';
import {
  agentEventSchema,
  evolveAgent,
  type AgentCommand,
  type AgentEvent,
  type AgentState,
} from '#shared/agent.ts';
import type { Alert } from '#shared/alerts/alert.ts';
import { DEFAULT_PREFERENCES, type AlertPreferences } from '#shared/alerts/preferences.ts';
import type { Availability } from '#shared/department.ts';
import { agentServerFrame, known, knownFrame, PROTOCOL, SUBPROTOCOL } from '#shared/frames.ts';
import {
  newCommandId,
  type CommandId,
  type ConversationId,
  type DepartmentId,
} from '#shared/ids.ts';
import { isInternal, notesIn, type DraftKey } from '#shared/internal-drafts.ts';
import { AgentDrafts, draftsIn } from './agent-drafts.svelte.ts';
import { Connection, type ConnectionStatus } from './connection.ts';
import { browserEnvironment, type Environment } from './environment.ts';
import type { Outbox } from './outbox.ts';

export interface AgentStoreOptions {
  environment?: Environment | undefined;
  /** Told when the agent has got a slot, or lost one. */
  onSlots?: (() => void) | undefined;
  /** Told when the agent has become away while the page was without a connection. */
  onMadeAway?: (() => void) | undefined;
  /** Told of what needs the agent and no other stream tells of. */
  onAlert?: ((alert: Alert) => void) | undefined;
  /** Told when the page has a connection again. */
  onBack?: (() => void) | undefined;
}

interface Chosen {
  readonly availability: Availability;
  readonly reason: string | null;
  /** Null while it is not on its way. */
  readonly id: CommandId | null;
}

export class AgentStore {
  readonly drafts: AgentDrafts;
  readonly #connection: Connection;
  readonly #environment: Environment;
  readonly #onSlots: () => void;
  readonly #onMadeAway: () => void;
  readonly #onBack: () => void;
  readonly #onAlert: (alert: Alert) => void;
  /** From the first welcome on the page knows, and does not only show what it was made with. */
  #isKnown = false;
  #state: AgentState;
  #status = $state.raw<ConnectionStatus>('connecting');
  #closeCode = $state.raw<number | null>(null);
  /** What the agent chose and the server has not confirmed yet. */
  #chosen = $state.raw<Chosen | null>(null);
  #stopLeaving = (): void => {};
  readonly #awaitedReleases = new Map<ConversationId, () => void>();

  /** @param origin of the server, absolute */
  constructor(
    initial: AgentState,
    origin: string,
    {
      environment = browserEnvironment,
      onSlots = () => {},
      onMadeAway = () => {},
      onBack = () => {},
      onAlert = () => {},
    }: AgentStoreOptions = {},
  ) {
    this.#environment = environment;
    this.#onSlots = onSlots;
    this.#onMadeAway = onMadeAway;
    this.#onBack = onBack;
    this.#onAlert = onAlert;
    this.#state = $state.raw(initial);
    this.drafts = new AgentDrafts(
      initial.agentId,
      draftsIn(initial),
      environment.textStorage,
      (key, text) => this.#command(keeping(key, text)),
    );
    this.#connection = new Connection({
      url: `${origin}/ws/agents/me`,
      protocols: () => [SUBPROTOCOL],
      environment,
      hello: () => ({ type: 'hello', protocol: PROTOCOL, since: null }),
      onFrame: (frame) => this.#receive(knownFrame(agentServerFrame, frame)),
      onStatus: (status, closeCode) => {
        this.#status = status;
        this.#closeCode = closeCode;
      },
    });
  }

  get availability() {
    return this.#chosen?.availability ?? this.#state.availability;
  }
  /** Null: they have not said why they are away. */
  get awayReason() {
    return (this.#chosen ? this.#chosen.reason : this.#state.awayReason) ?? null;
  }
  /** Their conversations, in the order in which they got them. */
  get slots() {
    return this.#state.slots;
  }
  /** Their chats with colleagues, the latest first. */
  get directChats() {
    return this.#state.directChats;
  }
  /** Notes that mention them, in conversations that they have not opened since. */
  get mentions() {
    return this.#state.mentions;
  }
  /** What the server lets them do now; undefined until it has said so. */
  get access() {
    return this.#state.access;
  }
  /** How they want to hear of what needs them. */
  get alerts(): AlertPreferences {
    return this.#state.alerts ?? DEFAULT_PREFERENCES;
  }
  get status() {
    return this.#status;
  }
  get closeCode() {
    return this.#closeCode;
  }

  /** Only in a browser; until then the store shows what it was made with. */
  connect(outbox: Outbox): void {
    void this.drafts.restore(outbox); // Rejects never: the outbox answers in any case.
    this.#stopLeaving = this.#environment.onLeave(() => this.drafts.sync());
    this.#connection.connect();
  }

  /** @param reason why they are away, if they say so */
  setAvailability(availability: Availability, reason: string | null = null): void {
    this.#chosen = { availability, reason, id: null };
    this.#sendChosen();
  }

  /** Returns false without a connection: then nothing is changed. */
  setAlerts(preferences: AlertPreferences): boolean {
    if (!this.#command({ type: 'alerts.set', preferences })) return false;
    this.#state = evolveAgent(this.#state, { type: 'alerts.changed', preferences });
    return true;
  }

  /** No tab of this browser shows what has called: the server sees to it that the agent hears of it elsewhere. */
  unseen(conversationId: ConversationId, departmentId: DepartmentId, seq: number): void {
    this.#command({ type: 'alert.unseen', conversationId, departmentId, seq });
  }

  /** The agent has it before their eyes. */
  seen({ about, seq }: Pick<Alert, 'about' | 'seq'>): void {
    this.#command({ type: 'alert.seen', about, seq });
  }

  /** The agent has opened a conversation in which a note may mention them. */
  seeMentionIn(conversationId: ConversationId): void {
    if (!this.mentions.some((one) => one.conversationId === conversationId)) return;
    this.#command({ type: 'mention.see', conversationId });
  }

  /** Resolves once a conversation takes no slot of theirs any more. */
  released(id: ConversationId): Promise<void> {
    return new Promise((resolve) => {
      this.#awaitedReleases.set(id, resolve);
      this.#tellReleases();
    });
  }

  close(): void {
    this.drafts.close();
    this.#stopLeaving();
    this.#connection.close();
  }

  #sendChosen(): void {
    if (!this.#chosen) return;
    const { availability, reason } = this.#chosen;
    const id = this.#command({ type: 'availability.set', availability, reason });
    this.#chosen = { availability, reason, id };
  }

  /** Null while there is no connection. */
  #command(command: AgentCommand): CommandId | null {
    const id = newCommandId();
    return this.#connection.send({ type: 'command', id, after: 0, command }) ? id : null;
  }

  #receive(frame: v.InferOutput<typeof agentServerFrame> | null): void {
    if (!frame) return;
    switch (frame.type) {
      case 'welcome':
        this.#welcome(frame.state);
        return;
      case 'events':
        for (const event of known(agentEventSchema, frame.events)) this.#hear(event);
        return;
      case 'accepted':
        if (this.#chosen?.id === frame.id) this.#chosen = null;
        this.drafts.accepted(frame.id);
        return;
      case 'refused':
        if (!frame.id) return;
        if (this.#chosen?.id === frame.id) this.#chosen = null;
        this.drafts.refused(frame.id, frame.refusal);
    }
  }

  #welcome(state: AgentState): void {
    const isBack = this.#isKnown;
    const wasAvailable = this.availability === 'available';
    this.#isKnown = true;
    this.#state = state;
    this.#changeSlots();
    this.#sendChosen();
    this.drafts.begin(draftsIn(state));
    if (!isBack) return;
    if (wasAvailable && state.availability === 'away' && !this.#chosen) this.#onMadeAway();
    this.#onBack();
  }

  #changeSlots(): void {
    this.#onSlots();
    this.#tellReleases();
  }

  #tellReleases(): void {
    const taken = new Set(this.slots.map(({ conversationId }) => conversationId));
    for (const [id, resolve] of this.#awaitedReleases) {
      if (taken.has(id)) continue;
      this.#awaitedReleases.delete(id);
      resolve();
    }
  }

  #hear(event: AgentEvent): void {
    this.#state = evolveAgent(this.#state, event);
    if (event.type === 'alert.raised') this.#onAlert(event.alert);
    if (event.type === 'draft.kept') this.drafts.hear(event.conversationId, event.text);
    if (event.type === 'internal-draft.kept') this.drafts.hear(event.place, event.text);
    if (event.type === 'slot.released') {
      this.drafts.hear(event.conversationId, '');
      this.drafts.hear(notesIn(event.conversationId), '');
    }
    if (event.type === 'slot.held' || event.type === 'slot.released') this.#changeSlots();
    if (event.type !== 'availability.changed') return;
    if (this.#chosen?.availability === event.availability) this.#chosen = null;
  }
}

const keeping = (key: DraftKey, text: string): AgentCommand =>
  isInternal(key)
    ? { type: 'internal-draft.keep', place: key, text }
    : { type: 'draft.keep', conversationId: key, text };
