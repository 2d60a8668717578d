// What the checker knows of the wire: written from docs/protocol.md alone, so that a mistake in the product's own
// types can't hide itself. Nothing here comes from shared/.

/** `system` is Parley itself: its routing and its timers. */
export type Author =
  { kind: 'visitor' } | { kind: 'agent'; id: string; name: string } | { kind: 'system' };

export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface Body {
  readonly text: string;
}

export interface LogEvent {
  readonly type: string;
  readonly seq: number;
  readonly at: number;
  readonly id: string;
  readonly by: Author;
  /** Of a message, or a note. */
  readonly body?: Body;
  /** Of a comment. */
  readonly text?: string;
  readonly agent?: Named | null;
  readonly departmentId?: string;
  readonly because?: string;
  readonly topic?: string | null;
}

/** What no visitor ever hears. */
export const FOR_AGENTS: readonly string[] = [
  'comment.added',
  'conversation.held',
  'conversation.resumed',
  'details.changed',
  'note.added',
];

export interface ConversationState {
  readonly status: 'new' | 'queued' | 'serving' | 'held' | 'closed';
}

export type Command =
  | { type: 'conversation.open'; departmentId: string; body: Body }
  | { type: 'message.send'; body: Body }
  | { type: 'note.add'; body: Body; mentions: readonly string[] }
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

export type ClientFrame =
  | { readonly type: 'hello'; readonly since: number | null }
  | {
      readonly type: 'command';
      readonly id: string;
      readonly after: number;
      readonly command: Command;
    }
  | { readonly type: 'signal' };

export type ServerFrame =
  | {
      readonly type: 'welcome';
      readonly reset: boolean;
      readonly seq: number;
      readonly state: ConversationState;
      readonly events: readonly LogEvent[];
    }
  | { readonly type: 'events'; readonly upTo: number; readonly events: readonly LogEvent[] }
  | { readonly type: 'accepted'; readonly id: string; readonly seq: number }
  | {
      readonly type: 'refused';
      readonly id: string | null;
      readonly refusal: { readonly code: string };
    }
  | { readonly type: 'signal' };

/** A conversation that an agent has something to do with. */
export interface Slot {
  readonly conversationId: string;
  readonly as: 'serving' | 'on-hold' | 'helping';
}
