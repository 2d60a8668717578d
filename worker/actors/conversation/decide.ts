// The rules of a conversation: what each command leads to, and who may give it. Pure.

import {
  type Author,
  type ConversationCommand,
  type ConversationFact,
  type ConversationState,
  type OpenedConversation,
} from '#shared/conversation.ts';
import type { By, VisitorBy } from '#shared/identity.ts';
import { accept, refuse, type Outcome } from '#shared/refusals.ts';
import type { Settings } from '#shared/settings.ts';

type Decision = Outcome<ConversationFact[]>;
type Command<T extends ConversationCommand['type']> = Extract<ConversationCommand, { type: T }>;

/** What a decision knows beside the state: who asks, what he had read when he did, and the settings. */
export interface Asked {
  readonly by: By;
  /** The last `seq` that his client had. */
  readonly after: number;
  readonly settings: Settings;
}

export function decide(
  state: ConversationState,
  command: ConversationCommand,
  asked: Asked,
): Decision {
  const { by, settings } = asked;
  const text = 'text' in command ? judgeText(command.text, settings) : accept([]);
  if (!text.ok) return text;
  if (command.type === 'conversation.open') return decideOpen(state, command, by, settings);
  if (state.status === 'new' || !mayRead(state, by)) return refuse('conversation.unknown');
  switch (command.type) {
    case 'message.send':
      return decideSend(state, command, asked);
    case 'conversation.take':
      return decideTake(state, by);
    case 'conversation.end':
      return decideEnd(state, command, by);
  }
}

/** Its visitor, whoever serves it, the agents of its department, and who may see every department. */
export function mayRead(state: ConversationState, by: By): boolean {
  if (state.status === 'new') return by.kind === 'visitor';
  if (by.kind === 'visitor') return by.visitorId === state.visitor.id;
  return (
    isServing(state, by) ||
    by.departments.includes(state.departmentId) ||
    by.permissions.includes('conversation.view-all')
  );
}

export function isServing(state: ConversationState, by: By): boolean {
  return state.status === 'serving' && by.kind === 'agent' && state.agent.id === by.agentId;
}

/** How the log names whoever acted. */
export function authorOf(by: By): Author {
  return by.kind === 'visitor'
    ? { kind: 'visitor' }
    : { kind: 'agent', id: by.agentId, name: by.name };
}

function judgeText(text: string, { limits }: Settings): Decision {
  const limit = limits.message_characters;
  if (text.length <= limit) return accept([]);
  return refuse('message.too-long', { limit, found: text.length });
}

function decideOpen(
  state: ConversationState,
  { departmentId, text, previousId, page }: Command<'conversation.open'>,
  by: By,
  { departments }: Settings,
): Decision {
  if (by.kind !== 'visitor') return refuse('conversation.unknown');
  if (state.status !== 'new') {
    return refuse(mayRead(state, by) ? 'conversation.exists' : 'conversation.unknown');
  }
  if (!departments.some(({ id }) => id === departmentId)) {
    return refuse('department.unknown', { department: departmentId });
  }
  const visitor = { id: by.visitorId, name: provisionalName(by) };
  return accept([
    { type: 'conversation.opened', visitor, departmentId, previousId, page },
    { type: 'message.sent', text },
  ]);
}

/** Until he gives his name, something that tells him from the others. */
const provisionalName = ({ visitorId }: VisitorBy): string =>
  `Visitor ${visitorId.slice(-4).toUpperCase()}`;

function decideSend(
  state: OpenedConversation,
  { text }: Command<'message.send'>,
  { by, after }: Asked,
): Decision {
  if (state.status === 'closed') return refuse('conversation.closed');
  if (by.kind === 'agent') {
    if (state.status === 'queued') return refuse('conversation.not-taken');
    if (!isServing(state, by)) return refuse('conversation.not-yours', { agent: state.agent.name });
    const { lastReply } = state;
    if (lastReply && lastReply.seq > after && lastReply.agent.id !== by.agentId) {
      return refuse('message.stale', { agent: lastReply.agent.name });
    }
  }
  return accept([{ type: 'message.sent', text }]);
}

function decideTake(state: OpenedConversation, by: By): Decision {
  if (by.kind !== 'agent' || !by.permissions.includes('conversation.take')) {
    return refuse('permission.missing', { permission: 'conversation.take' });
  }
  if (!by.departments.includes(state.departmentId)) return refuse('department.not-yours');
  if (state.status === 'closed') return refuse('conversation.closed');
  if (isServing(state, by)) return accept([]);
  if (state.status === 'serving') return refuse('conversation.taken', { agent: state.agent.name });
  return accept([{ type: 'conversation.taken', agent: { id: by.agentId, name: by.name } }]);
}

function decideEnd(
  state: OpenedConversation,
  { comment }: Command<'conversation.end'>,
  by: By,
): Decision {
  if (state.status === 'closed') return refuse('conversation.closed');
  if (by.kind === 'visitor') return accept([{ type: 'conversation.ended' }]);
  if (!isServing(state, by) && !by.permissions.includes('conversation.end-others')) {
    return state.status === 'serving'
      ? refuse('conversation.not-yours', { agent: state.agent.name })
      : refuse('permission.missing', { permission: 'conversation.end-others' });
  }
  return accept([
    { type: 'conversation.ended' },
    ...(comment ? [{ type: 'comment.added' as const, text: comment }] : []),
  ]);
}
