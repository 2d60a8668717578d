// The frames that this client knows: written from docs/protocol.md alone, so that a page which lies is
// found out. Nothing here comes from shared/.

export const PROTOCOL = 2;

/** `system` is the desk itself: its routing and its timers. */
export type Author =
  { kind: 'visitor' } | { kind: 'agent'; id: string; name: string } | { kind: 'system' };

interface Named {
  readonly id: string;
  readonly name: string;
}

export interface Body {
  readonly text: string;
  readonly files: readonly [];
}

export interface LogEvent {
  readonly type: string;
  readonly seq: number;
  readonly at: number;
  readonly id: string;
  readonly by: Author;
  readonly text?: string;
  readonly body?: Body;
  readonly agent?: Named | null;
  readonly visitor?: Named;
  readonly departmentId?: string;
  readonly because?: string;
  readonly topic?: string | null;
}

/** What no visitor ever hears, by docs/protocol.md. */
export const FOR_AGENTS: readonly string[] = [
  'comment.added',
  'conversation.held',
  'conversation.resumed',
  'details.changed',
];

export interface ConversationState {
  readonly status: 'new' | 'queued' | 'serving' | 'held' | 'closed';
  readonly departmentId?: string;
  readonly agent?: { readonly id: string } | null;
  readonly helpers?: readonly { readonly id: string }[];
  readonly comment?: string | null;
}

export type Command =
  | {
      type: 'conversation.open';
      departmentId: string;
      body: Body;
      previousId: string | null;
      page: string | null;
      locale: string | null;
    }
  | { type: 'message.send'; body: Body }
  | {
      type:
        | 'conversation.take'
        | 'conversation.requeue'
        | 'conversation.hold'
        | 'conversation.resume'
        | 'conversation.leave';
    }
  | {
      type: 'conversation.forward';
      to: { kind: 'agent'; agentId: string } | { kind: 'department'; departmentId: string };
      comment: string | null;
    }
  | { type: 'agent.invite'; agentId: string }
  | { type: 'details.set'; topic: string; priority: string }
  | { type: 'conversation.end'; comment: string | null };

export interface Accepted {
  readonly type: 'accepted';
  readonly id: string;
  readonly seq: number;
}

export interface Refused {
  readonly type: 'refused';
  readonly id: string | null;
  readonly refusal: { readonly code: string };
}

export interface ConversationWelcome {
  readonly type: 'welcome';
  readonly reset: boolean;
  readonly seq: number;
  readonly state: ConversationState;
  readonly events: readonly LogEvent[];
}

export type ConversationFrame =
  | ConversationWelcome
  | { readonly type: 'events'; readonly upTo: number; readonly events: readonly LogEvent[] }
  | Accepted
  | Refused
  | { readonly type: 'signal' };

export interface QueueEntry {
  readonly conversationId: string;
  readonly seq: number;
  readonly queuedAt: number;
}

export type DepartmentEvent =
  | { readonly type: 'entry.put'; readonly entry: QueueEntry }
  | { readonly type: 'entry.removed'; readonly conversationId: string }
  | { readonly type: 'roster.changed' | 'roster.left' };

export type DepartmentFrame =
  | { readonly type: 'welcome'; readonly state: { readonly queue: readonly QueueEntry[] } }
  | { readonly type: 'events'; readonly events: readonly DepartmentEvent[] }
  | Refused;

export interface Slot {
  readonly conversationId: string;
  readonly as: 'serving' | 'on-hold' | 'helping';
}

export type AgentEvent =
  | { readonly type: 'availability.changed'; readonly availability: string }
  | ({ readonly type: 'slot.held' } & Slot)
  | { readonly type: 'slot.released'; readonly conversationId: string };

export type AgentFrame =
  | {
      readonly type: 'welcome';
      readonly state: { readonly availability: string; readonly slots: readonly Slot[] };
    }
  | { readonly type: 'events'; readonly events: readonly AgentEvent[] }
  | Accepted
  | Refused;

/** Close codes after which a client never tries again by itself. */
export const FINAL_CODES: readonly number[] = [4401, 4403, 4406, 4426];
export const RENEW = 4408;
