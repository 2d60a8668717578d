// Everything that an agent has in front of them: themselves, the queues of their departments, the conversations
// that they have a slot for, and the one that is open.

import { createContext } from 'svelte';
import { isSameAccess, type SlotKind } from '#shared/agent.ts';
import type { Alert } from '#shared/alerts/alert.ts';
import { arrivalIn, causeIn } from '#shared/alerts/cause.ts';
import type { Workspace } from '#shared/api.ts';
import type { ConversationEvent } from '#shared/conversation/events.ts';
import { isServing, takesPart } from '#shared/conversation/access.ts';
import type { ConversationSnapshot } from '#shared/conversation/snapshot.ts';
import type { ConversationSummary } from '#shared/conversation/summary.ts';
import { inQueueOrder, type QueueEntry } from '#shared/department.ts';
import type { DirectChatPage } from '#shared/direct-chat/api.ts';
import { SUBPROTOCOL } from '#shared/frames.ts';
import type { AgentPrincipal } from '#shared/identity.ts';
import type { ConversationId, DepartmentId } from '#shared/ids.ts';
import { isCounted, type SlotOfDepartment } from '#shared/slots.ts';
import { AgentStore } from './agent-store.svelte.ts';
import { Caller } from './caller.ts';
import { ComposerModes } from './composer-modes.svelte.ts';
import { ConversationStore } from './conversation-store.svelte.ts';
import { ConversationStores, type Opening } from './conversation-stores.ts';
import { DepartmentStore } from './department-store.svelte.ts';
import { DirectChats } from './direct-chats.svelte.ts';
import { DraftSender } from './draft-sender.ts';
import { browserEnvironment, type Environment } from './environment.ts';
import { Names } from './names.ts';
import { OpenMessages } from './open-messages.svelte.ts';
import { Outbox } from './outbox.ts';
import { Presences } from './presences.svelte.ts';
import { withClosed } from './recently-closed.ts';
import { WorkspaceRequests } from './workspace-requests.ts';

export interface WorkspaceStoreOptions {
  /** Of the server, absolute. */
  origin: string;
  /** The conversation that the page begins with, as the server rendered it; null: none. */
  opened: Opening | null;
  /** The direct chat that it begins with. */
  direct?: DirectChatPage | null;
  /** Something needs the agent, who is available. */
  onCall?: (alert: Alert) => void;
  /** The agent has become away while the page was without a connection. */
  onMadeAway?: () => void;
  /** Called once, when the device keeps nothing: what is sent lives only as long as the page. */
  onUnkept?: () => void;
  environment?: Environment;
}

/** One conversation of a queue. */
export interface Waiting extends QueueEntry {
  readonly departmentId: DepartmentId;
}

export class WorkspaceStore {
  /** As decisions know the agent. */
  readonly by: AgentPrincipal;
  readonly agent: AgentStore;
  readonly departments: readonly DepartmentStore[];
  readonly names: Names;
  readonly openMessages: OpenMessages;
  readonly presences = new Presences();
  readonly directChats: DirectChats;
  readonly modes: ComposerModes;
  readonly sender: DraftSender;

  readonly #options: WorkspaceStoreOptions;
  readonly #environment: Environment;
  readonly #requests: WorkspaceRequests;
  readonly #outbox: Outbox;
  readonly #caller: Caller;
  readonly #stores = new ConversationStores((id) => this.#make(id));
  /** What stores begin with. */
  readonly #snapshots: Map<ConversationId, ConversationSnapshot>;
  /** Followed for a while, wherever the agent is. */
  readonly #kept = new Set<ConversationId>();
  #latest: Pick<Workspace, 'me' | 'settings'>;
  #openedId = $state.raw<ConversationId | null>(null);
  #closed = $state.raw<readonly ConversationSummary[]>([]);
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

  /** Those that the agent has a part in, in the order in which they came. */
  readonly #myConversations: readonly ConversationStore[] = $derived.by(() => {
    const ids = new Set(this.agent.slots.map(({ conversationId }) => conversationId));
    if (this.#openedId) ids.add(this.#openedId);
    return [...ids]
      .map((id) => this.#stores.get(id))
      .filter((conversation) => conversation !== null)
      .filter((conversation) => this.roleIn(conversation) !== null);
  });

  /** Those that the agent serves, or helps with. */
  readonly inProgress: readonly ConversationStore[] = $derived(
    this.#myConversations.filter((conversation) => this.roleIn(conversation) !== 'on-hold'),
  );

  /** Those that the agent has placed on hold. */
  readonly onHold: readonly ConversationStore[] = $derived(
    this.#myConversations.filter((conversation) => this.roleIn(conversation) === 'on-hold'),
  );

  constructor(workspace: Workspace, options: WorkspaceStoreOptions) {
    const { agentId, name, departments, permissions, maxConversations } = workspace.me;
    this.by = { kind: 'agent', agentId, name, departments, permissions, maxConversations };
    this.#latest = $state.raw(workspace);
    this.names = new Names(() => this.settings, workspace.former);
    this.openMessages = new OpenMessages(workspace.offlineMessages);
    this.#options = options;
    this.#caller = new Caller(this, options.onCall);
    const environment = options.environment ?? browserEnvironment;
    this.#environment = environment;
    this.#requests = new WorkspaceRequests(options.origin, environment);
    this.#outbox = new Outbox(environment.outboxStorage(agentId), options.onUnkept);
    this.#closed = workspace.closed;
    this.#snapshots = new Map(workspace.conversations.map((one) => [one.conversationId, one]));
    this.agent = new AgentStore(workspace.agent, options.origin, {
      environment,
      onSlots: () => this.#follow(),
      onMadeAway: options.onMadeAway,
      onAlert: (alert) => this.#caller.call(alert),
      onBack: () => void this.#catchUp(),
    });
    this.modes = new ComposerModes(this.agent.drafts);
    this.sender = new DraftSender(this.agent.drafts);
    this.directChats = new DirectChats({
      ...{ me: agentId, agent: this.agent, origin: options.origin, outbox: this.#outbox },
      ...{ requests: this.#requests, environment },
    });
    this.departments = workspace.departments.map((initial) => {
      const { departmentId } = initial;
      return new DepartmentStore(initial, options.origin, {
        onEntered: (entry) => this.#caller.toQueue(entry, departmentId),
        onOpenMessages: (open) => this.openMessages.count(departmentId, open),
        environment,
      });
    });
    if (options.direct) this.directChats.open(options.direct);
    if (options.opened) this.#show(options.opened);
    else this.#follow();
  }

  /** The conversation that the page shows. */
  get opened(): ConversationStore | null {
    return this.#openedId && this.#stores.get(this.#openedId);
  }

  /** As the server had them when the page, or its connection, began. */
  get me() {
    return this.#latest.me;
  }
  get settings() {
    return this.#latest.settings;
  }

  /** Conversations that ended lately, newest first. */
  get closed(): readonly ConversationSummary[] {
    return this.#closed;
  }

  /** Unread messages, in all that the agent takes part in. */
  get unread(): number {
    return this.inProgress.reduce((sum, { unread }) => sum + unread, 0);
  }

  /** True while the agent and all departments are connected. */
  get isOnline(): boolean {
    return [this.agent, ...this.departments].every(({ status }) => status === 'open');
  }

  /** Whether the agent may do something else by now than what the page was made for. */
  get isAccessChanged(): boolean {
    const { access } = this.agent;
    return access !== undefined && !isSameAccess(access, this.by);
  }

  /** What the agent is to a conversation; null: nothing. By its own state, which is ahead of the agent's. */
  roleIn({ state }: ConversationStore): SlotKind | null {
    if (isServing(state, this.by)) return state.status === 'held' ? 'on-hold' : 'serving';
    return takesPart(state, this.by) ? 'helping' : null;
  }

  /** Their slots, each with the department that its conversation is of. */
  get slots(): readonly SlotOfDepartment[] {
    return this.agent.slots.map((slot) => {
      const state = this.#stores.get(slot.conversationId)?.state;
      const departmentId = !state || state.status === 'new' ? null : state.departmentId;
      return { ...slot, departmentId };
    });
  }

  /** Conversations that count towards the agent's limit. */
  get counted(): number {
    return this.agent.slots.filter((slot) => isCounted(slot, this.settings)).length;
  }

  /** Whether the agent may write there now. */
  canWrite(conversation: ConversationStore): boolean {
    return conversation.state.status === 'serving' && this.roleIn(conversation) !== null;
  }

  /** The page goes to a conversation. */
  open(opening: Opening): ConversationStore {
    if (this.#openedId !== opening.conversationId) this.#show(opening);
    return this.#stores.followed(opening.conversationId);
  }

  /** The page shows no conversation any more. */
  leave(): void {
    this.#openedId = null;
    this.#follow();
  }

  /** Follows a conversation, wherever the agent goes, until the function that it answers with is called. */
  keep(id: ConversationId): () => void {
    this.#kept.add(id);
    this.#follow();
    return () => {
      this.#kept.delete(id);
      this.#follow();
    };
  }

  /** Connects everything. Only in a browser; until then the stores show what they were made with. */
  connect(): void {
    this.agent.connect(this.#outbox);
    for (const department of this.departments) department.connect();
    this.#stores.connect();
    void this.directChats.connect(); // Rejects never: the outbox answers in any case.
  }

  close(): void {
    this.agent.close();
    for (const department of this.departments) department.close();
    this.#stores.close();
    this.directChats.close();
  }

  #show(opening: Opening): void {
    if ('state' in opening) this.#snapshots.set(opening.conversationId, opening);
    this.#openedId = opening.conversationId;
    this.#follow();
  }

  /** Follows the conversations that the agent has a slot for, the one that the page shows, and those that are kept. */
  #follow(): void {
    const wanted = new Set(this.#kept);
    for (const { conversationId } of this.agent.slots) wanted.add(conversationId);
    if (this.#openedId) wanted.add(this.#openedId);
    this.#stores.follow(wanted);
  }

  #make(id: ConversationId): ConversationStore {
    const made: ConversationStore = new ConversationStore({
      conversationId: id,
      own: this.by.agentId,
      url: `${this.#options.origin}/ws/conversations/${id}`,
      protocols: () => [SUBPROTOCOL],
      outbox: this.#outbox,
      initial: this.#snapshots.get(id),
      environment: this.#environment,
      earlier: (before) => this.#requests.earlier(id, before),
      presence: () => this.presences.sayable(id),
      onSignal: (signal) => this.presences.hear(id, signal),
      onKnown: () => this.#caller.to(made, arrivalIn(made.events, this.by.agentId)),
      onEvents: (events) => {
        this.#noteEnd(made, events);
        // Ended ones have the new name, too.
        if (events.some(({ type }) => type === 'contact.renamed')) void this.#catchUp();
        this.#caller.to(made, causeIn(events, this.by.agentId));
      },
    });
    return made;
  }

  /** What no connection tells of may be old after a while without one: a new version may have been deployed. */
  async #catchUp(): Promise<void> {
    const found = await this.#requests.workspace();
    if (!found) return;
    this.#latest = found;
    this.#closed = found.closed;
    this.openMessages.replace(found.offlineMessages);
  }

  #noteEnd(conversation: ConversationStore, events: readonly ConversationEvent[]): void {
    if (!events.some(({ type }) => type === 'conversation.ended')) return;
    this.#closed = withClosed(this.#closed, conversation);
  }
}

export const [getWorkspace, setWorkspace] = createContext<WorkspaceStore>();
