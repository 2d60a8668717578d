// Everything that an agent sees: themselves, their departments' queues, the conversations they have a
// place with and the one that is open. It decides which conversations are live.

import { createContext, untrack } from 'svelte';
import * as v from 'valibot';
import type { SlotKind } from '#shared/agent.ts';
import { CLOSED_IN_SIGHT, eventsBody, type EventsPage, type Workspace } from '#shared/api.ts';
import { textBody } from '#shared/conversation/body.ts';
import type { ConversationEvent } from '#shared/conversation/events.ts';
import { isServing, takesPart } from '#shared/conversation/access.ts';
import type { ConversationSnapshot } from '#shared/conversation/snapshot.ts';
import { summaryOf, type ConversationSummary } from '#shared/conversation/summary.ts';
import { inQueueOrder, type QueueEntry } from '#shared/department.ts';
import { SUBPROTOCOL } from '#shared/frames.ts';
import type { AgentPrincipal } from '#shared/identity.ts';
import type { ConversationId, DepartmentId } from '#shared/ids.ts';
import { isCounted, type SlotOfDepartment } from '#shared/slots.ts';
import { AgentStore } from './agent-store.svelte.ts';
import { ConversationStore } from './conversation-store.svelte.ts';
import { DepartmentStore } from './department-store.svelte.ts';
import { browserEnvironment, type Environment } from './environment.ts';
import { Names } from './names.ts';
import { Outbox } from './outbox.ts';

export interface WorkspaceStoreOptions {
  /** Of the desk, absolute. */
  origin: string;
  /** The conversation that the page shows, as the server rendered it; null when it shows none. */
  opened: () => ConversationSnapshot | null;
  /** A conversation has entered a queue while the page was open. */
  onEntered?: (entry: QueueEntry, department: DepartmentStore) => void;
  /** Called once, when the device keeps nothing: what is sent lives only as long as the page. */
  onUnkept?: () => void;
  environment?: Environment;
}

/** One conversation of a queue. */
export interface Waiting extends QueueEntry {
  readonly departmentId: DepartmentId;
}

export class WorkspaceStore {
  readonly me: Workspace['me'];
  /** As decisions know them. */
  readonly by: AgentPrincipal;
  readonly settings: Workspace['settings'];
  readonly names: Names;
  readonly agent: AgentStore;
  readonly departments: readonly DepartmentStore[];

  readonly #options: WorkspaceStoreOptions;
  readonly #environment: Environment;
  readonly #outbox: Outbox;
  /** One message after the other. */
  #sending: Promise<void> = Promise.resolve();
  /** Not reactive: it only gives everyone who asks the same store of a conversation. */
  readonly #stores = new Map<ConversationId, ConversationStore>();
  readonly #connected = new Set<ConversationId>();
  readonly #snapshots: ReadonlyMap<ConversationId, ConversationSnapshot>;
  #closed = $state.raw<readonly ConversationSummary[]>([]);
  /**
   * Raised when conversations were made: a derived does not follow state that was made while it ran, so
   * what derives from conversations is run once more.
   */
  #generation = $state.raw(0);

  /** The queues of all departments as one, in the order in which they are to be answered. */
  readonly queue: readonly Waiting[] = $derived.by(() => {
    const gone = new Set([...this.inProgress, ...this.onHold].map(({ id }) => id));
    const { opened } = this;
    if (opened && opened.state.status !== 'queued') gone.add(opened.id);
    return this.departments
      .flatMap(({ id, queue }) => queue.map((entry) => ({ ...entry, departmentId: id })))
      .filter(({ conversationId }) => !gone.has(conversationId))
      .sort(inQueueOrder);
  });

  /** Those that they have a slot for, in the order in which they got them. */
  readonly #myConversations: readonly ConversationStore[] = $derived.by(() => {
    void this.#generation;
    const placed = this.agent.slots.map(({ conversationId }) => this.conversation(conversationId));
    const { opened } = this;
    const all = opened && !placed.includes(opened) ? [...placed, opened] : placed;
    return all.filter((conversation) => this.roleIn(conversation) !== null);
  });

  /** Those that they serve, or help with. */
  readonly inProgress: readonly ConversationStore[] = $derived(
    this.#myConversations.filter((conversation) => this.roleIn(conversation) !== 'on-hold'),
  );

  /** Those that they have placed on hold. */
  readonly onHold: readonly ConversationStore[] = $derived(
    this.#myConversations.filter((conversation) => this.roleIn(conversation) === 'on-hold'),
  );

  constructor(workspace: Workspace, options: WorkspaceStoreOptions) {
    const { agentId, name, departments, permissions, maxConversations } = workspace.me;
    this.me = workspace.me;
    this.by = { kind: 'agent', agentId, name, departments, permissions, maxConversations };
    this.settings = workspace.settings;
    this.names = new Names(workspace.settings);
    this.#options = options;
    const environment = options.environment ?? browserEnvironment;
    this.#environment = environment;
    this.#outbox = new Outbox(environment.outboxStorage(agentId), options.onUnkept);
    this.#closed = workspace.closed;
    this.#snapshots = new Map(workspace.conversations.map((one) => [one.conversationId, one]));
    this.agent = new AgentStore(workspace.agent, options.origin, environment);
    this.departments = workspace.departments.map((initial) => {
      const department: DepartmentStore = new DepartmentStore(
        initial,
        options.origin,
        (entry) => options.onEntered?.(entry, department),
        environment,
      );
      return department;
    });
  }

  /** The conversation that the page shows. */
  get opened(): ConversationStore | null {
    const snapshot = this.#options.opened();
    return snapshot && this.conversation(snapshot.conversationId, snapshot);
  }

  /** Lately ended ones, newest first. */
  get closed(): readonly ConversationSummary[] {
    return this.#closed;
  }

  /** Messages that nobody has read yet, in all that they take part in. */
  get unread(): number {
    return this.inProgress.reduce((sum, { unread }) => sum + unread, 0);
  }

  /** True while every line of the desk is open. */
  get isOnline(): boolean {
    return [this.agent, ...this.departments].every(({ status }) => status === 'open');
  }

  /** What they are to a conversation; null: nothing. By its own state, which is ahead of the agent's. */
  roleIn({ state }: ConversationStore): SlotKind | null {
    if (isServing(state, this.by)) return state.status === 'held' ? 'on-hold' : 'serving';
    return takesPart(state, this.by) ? 'helping' : null;
  }

  /** Their slots, each with the department that its conversation is of. */
  get slots(): readonly SlotOfDepartment[] {
    return this.agent.slots.map((slot) => {
      const { state } = this.conversation(slot.conversationId);
      return { ...slot, departmentId: state.status === 'new' ? null : state.departmentId };
    });
  }

  /** Conversations that count towards their limit. */
  get counted(): number {
    return this.agent.slots.filter((slot) => isCounted(slot, this.settings)).length;
  }

  /** Whether they may write there now. */
  canWrite(conversation: ConversationStore): boolean {
    return conversation.state.status === 'serving' && this.roleIn(conversation) !== null;
  }

  /** Sends what is written in a conversation. The draft stays until the outbox has the message. */
  sendDraft(conversation: ConversationStore): Promise<void> {
    return (this.#sending = this.#sending.then(() => this.#sendDraft(conversation)));
  }

  async #sendDraft(conversation: ConversationStore): Promise<void> {
    const { drafts } = this.agent;
    const sending = drafts.startSending(conversation.id);
    if (!sending) return;
    await conversation.send({ type: 'message.send', body: textBody(sending.text) }, sending.id);
    drafts.finishSending(conversation.id);
  }

  /** The one store of a conversation, made when first asked for. It connects with `connectWanted`. */
  conversation(id: ConversationId, snapshot = this.#snapshots.get(id)): ConversationStore {
    const found = this.#stores.get(id);
    if (found) return found;
    const made: ConversationStore = untrack(
      () =>
        new ConversationStore({
          conversationId: id,
          own: this.by.agentId,
          url: `${this.#options.origin}/ws/conversations/${id}`,
          protocols: [SUBPROTOCOL],
          outbox: this.#outbox,
          initial: snapshot,
          environment: this.#environment,
          earlier: (before) => this.#fetchEarlier(id, before),
          onEvents: (events) => this.#noteEnd(made, events),
        }),
    );
    this.#stores.set(id, made);
    return made;
  }

  /** Opens the connections of the agent and their departments. Only in a browser. */
  connect(): void {
    this.agent.connect(this.#outbox);
    for (const department of this.departments) department.connect();
  }

  /** Opens the connections of the conversations that are theirs or that they look at, and closes the others. */
  connectWanted(): void {
    const wanted = new Set(this.agent.slots.map(({ conversationId }) => conversationId));
    if (this.opened) wanted.add(this.opened.id);
    untrack(() => {
      for (const id of wanted) {
        if (this.#connected.has(id)) continue;
        this.#connected.add(id);
        this.conversation(id).connect();
        this.#generation += 1;
      }
      for (const [id, conversation] of this.#stores) {
        if (wanted.has(id)) continue;
        conversation.close();
        this.#stores.delete(id);
        this.#connected.delete(id);
      }
    });
  }

  close(): void {
    this.agent.close();
    for (const department of this.departments) department.close();
    for (const conversation of this.#stores.values()) conversation.close();
    this.#stores.clear();
    this.#connected.clear();
  }

  async #fetchEarlier(id: ConversationId, before: number): Promise<EventsPage> {
    const url = `${this.#options.origin}/api/conversations/${id}/events?before=${before}`;
    const response = await this.#environment.fetch(url);
    if (!response.ok) throw new Error(`The earlier events of ${id} answered ${response.status}.`);
    return v.parse(eventsBody, await response.json());
  }

  #noteEnd(conversation: ConversationStore, events: readonly ConversationEvent[]): void {
    const { id, state } = conversation;
    if (state.status !== 'closed' || !events.some(({ type }) => type === 'conversation.ended')) {
      return;
    }
    const others = this.#closed.filter(({ conversationId }) => conversationId !== id);
    this.#closed = [summaryOf(id, state), ...others].slice(0, CLOSED_IN_SIGHT);
  }
}

export const [getWorkspace, setWorkspace] = createContext<WorkspaceStore>();
