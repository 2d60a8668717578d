// Calls the agent to what needs them, as long as they are available.

import type { AgentState, SlotKind } from '#shared/agent.ts';
import type { QueueEntry } from '#shared/department.ts';
import { pathOfConversation, type Alert } from '#shared/alerts/alert.ts';
import type { Cause } from '#shared/alerts/cause.ts';
import type { DepartmentId } from '#shared/ids.ts';
import type { ConversationStore } from './conversation-store.svelte.ts';

/** After so long in the queue a conversation waits for an agent. */
const QUEUED_FOR_MS = 1_500;

/** What it must know of the agent and of what waits. */
interface Situation {
  readonly agent: Pick<AgentState, 'availability'>;
  readonly queue: readonly QueueEntry[];
  /** What the agent is to a conversation; null: nothing. */
  roleIn(conversation: ConversationStore): SlotKind | null;
}

export class Caller {
  readonly #workspace: Situation;
  readonly #onCall: (alert: Alert) => void;

  constructor(workspace: Situation, onCall: (alert: Alert) => void = () => {}) {
    this.#workspace = workspace;
    this.#onCall = onCall;
  }

  /** What is assigned at once, or taken, calls nobody to the queue. */
  toQueue({ conversationId }: QueueEntry, departmentId: DepartmentId): void {
    setTimeout(() => {
      const { queue } = this.#workspace;
      const entry = queue.find((one) => one.conversationId === conversationId);
      if (!entry) return;
      const { seq, visitorName: name, preview: text } = entry;
      const path = pathOfConversation(conversationId);
      this.call({ reason: 'queued', about: conversationId, seq, name, departmentId, text, path });
    }, QUEUED_FOR_MS);
  }

  to(conversation: ConversationStore, cause: Cause | null): void {
    const { id: about, state } = conversation;
    if (!cause || state.status === 'new' || this.#workspace.roleIn(conversation) === null) return;
    const { visitor, departmentId, lastMessage } = state;
    const text = lastMessage?.from === 'visitor' ? lastMessage.preview : '';
    const path = pathOfConversation(about);
    this.call({ ...cause, about, name: visitor.name, departmentId, text, path });
  }

  /** What the server tells of is called by the same rule. */
  call(alert: Alert): void {
    if (this.#workspace.agent.availability === 'available') this.#onCall(alert);
  }
}
