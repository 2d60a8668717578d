// A chat between two colleagues: what may be asked, what happens, what it comes to. Pure.

import * as v from 'valibot';
import { bodyAfter } from '#shared/conversation/amendments.ts';
import { deleteSchema, editSchema, sendSchema } from '#shared/conversation/commands.ts';
import { decideAmending, judgeBody, quoted } from '#shared/conversation/decide-message.ts';
import type { WithoutEnvelope } from '#shared/conversation/events.ts';
import {
  messageDeletedSchema,
  messageEditedSchema,
  messageSentSchema,
  previewOf,
  type MessageSent,
} from '#shared/conversation/message-events.ts';
import { authorOf, type Author, type Principal } from '#shared/identity.ts';
import { agentIdSchema, type AgentId } from '#shared/ids.ts';
import { accept, refuse, type Outcome } from '#shared/refusals.ts';
import type { Rules } from '#shared/settings/rules.ts';
import { BOT, isBot } from './bot.ts';

export const directChatCommandSchema = v.variant('type', [sendSchema, editSchema, deleteSchema]);
export type DirectChatCommand = v.InferOutput<typeof directChatCommandSchema>;

export const directChatEventSchema = v.variant('type', [
  messageSentSchema,
  messageEditedSchema,
  messageDeletedSchema,
]);
export type DirectChatEvent = v.InferOutput<typeof directChatEventSchema>;
export type NewDirectChatEvent = WithoutEnvelope<DirectChatEvent>;

export const lastDirectMessageSchema = v.object({
  seq: v.number(),
  at: v.number(),
  from: agentIdSchema,
  /** Its beginning; empty: it was deleted. */
  text: v.string(),
});

export const directChatStateSchema = v.object({
  lastMessage: v.nullable(lastDirectMessageSchema),
  /** The `seq` of the last event by which a message was changed or deleted; 0: none was. */
  amendedAt: v.number(),
});
export type DirectChatState = v.InferOutput<typeof directChatStateSchema>;

export const NEW_DIRECT_CHAT: DirectChatState = { lastMessage: null, amendedAt: 0 };
export const DIRECT_CHAT_STATE_VERSION = 2;

export interface DirectChatContext {
  readonly by: Principal;
  readonly participants: readonly AgentId[];
  readonly rules: Pick<Rules, 'messageCharacters' | 'editWithinSeconds'>;
  /** The message that the command names, as it is now; null: it names none, or there is none. */
  readonly message: MessageSent | null;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Whether they are one of the two. Parley itself writes as the bot. */
export const isParticipant = (participants: readonly AgentId[], by: Principal): boolean =>
  (by.kind === 'agent' && participants.includes(by.agentId)) ||
  (by.kind === 'system' && participants.some(isBot));

export const isBy = ({ by }: DirectChatEvent, agentId: AgentId): boolean =>
  by.kind === 'agent' && by.id === agentId;

/** How the log names who wrote. */
export const directAuthorOf = (by: Principal): Author =>
  by.kind === 'system' ? { kind: 'agent', ...BOT } : authorOf(by);

export function decideDirectChat(
  _state: DirectChatState,
  command: DirectChatCommand,
  context: DirectChatContext,
): Outcome<NewDirectChatEvent[]> {
  const { by, participants, rules, message } = context;
  if (!isParticipant(participants, by)) return refuse('conversation.unknown');
  if (by.kind === 'agent' && participants.some(isBot)) return refuse('direct-chat.one-way');
  const body = 'body' in command ? judgeBody(command.body, rules) : null;
  if (body) return body;
  if (command.type !== 'message.send') {
    return decideAmending(command, context, rules.editWithinSeconds);
  }
  const quote = quoted(command.replyTo, message);
  if (!quote.ok) return quote;
  return accept([{ type: 'message.sent', body: command.body, ...quote.value }]);
}

export function evolveDirectChat(state: DirectChatState, event: DirectChatEvent): DirectChatState {
  const { seq, at, by } = event;
  if (by.kind !== 'agent') return state;
  if (event.type === 'message.sent') {
    return { ...state, lastMessage: { seq, at, from: by.id, text: previewOf(event.body) } };
  }
  const { lastMessage } = state;
  const changed = { ...state, amendedAt: seq };
  if (lastMessage?.seq !== event.message) return changed;
  return { ...changed, lastMessage: { ...lastMessage, text: previewOf(bodyAfter(event)) } };
}
