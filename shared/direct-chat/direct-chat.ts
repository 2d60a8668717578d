// A chat between two colleagues: what may be asked, what happens, what it comes to. Pure.

import * as v from 'valibot';
import { bodySchema, sendableBodySchema } from '#shared/conversation/body.ts';
import { envelope, type WithoutEnvelope } from '#shared/conversation/events.ts';
import { authorOf, type Author, type Principal } from '#shared/identity.ts';
import { agentIdSchema, type AgentId } from '#shared/ids.ts';
import { accept, refuse, type Outcome } from '#shared/refusals.ts';
import type { Rules } from '#shared/settings/rules.ts';
import { shortened } from '#shared/text.ts';
import { BOT, isBot } from './bot.ts';

export const directChatCommandSchema = v.variant('type', [
  v.strictObject({ type: v.literal('message.send'), body: sendableBodySchema }),
]);
export type DirectChatCommand = v.InferOutput<typeof directChatCommandSchema>;

export const directChatEventSchema = v.variant('type', [
  v.object({ ...envelope, type: v.literal('message.sent'), body: bodySchema }),
]);
export type DirectChatEvent = v.InferOutput<typeof directChatEventSchema>;
export type NewDirectChatEvent = WithoutEnvelope<DirectChatEvent>;

export const lastDirectMessageSchema = v.object({
  seq: v.number(),
  at: v.number(),
  from: agentIdSchema,
  /** Its beginning. */
  text: v.string(),
});

export const directChatStateSchema = v.object({
  lastMessage: v.nullable(lastDirectMessageSchema),
});
export type DirectChatState = v.InferOutput<typeof directChatStateSchema>;

export const NEW_DIRECT_CHAT: DirectChatState = { lastMessage: null };
export const DIRECT_CHAT_STATE_VERSION = 1;

export interface DirectChatContext {
  readonly by: Principal;
  readonly participants: readonly AgentId[];
  readonly rules: Pick<Rules, 'messageCharacters'>;
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
  { body }: DirectChatCommand,
  { by, participants, rules }: DirectChatContext,
): Outcome<NewDirectChatEvent[]> {
  if (!isParticipant(participants, by)) return refuse('conversation.unknown');
  if (by.kind === 'agent' && participants.some(isBot)) return refuse('direct-chat.one-way');
  const { text, files } = body;
  const limit = rules.messageCharacters;
  if (text.length > limit) return refuse('message.too-long', { limit, found: text.length });
  // Nothing can be uploaded yet, so no file that a message names is there.
  if (files.length > 0) return refuse('file.unknown');
  return accept([{ type: 'message.sent', body }]);
}

const PREVIEW_CHARACTERS = 140;

export function evolveDirectChat(
  state: DirectChatState,
  { seq, at, by, body }: DirectChatEvent,
): DirectChatState {
  if (by.kind !== 'agent') return state;
  const text = shortened(body.text, PREVIEW_CHARACTERS);
  return { lastMessage: { seq, at, from: by.id, text } };
}
