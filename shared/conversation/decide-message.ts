// What may become of messages: who may answer one by quoting it, and who may change or delete it. The same in
// conversations and in direct chats. Pure.

import type { Principal } from '#shared/identity.ts';
import { accept, refuse, type Outcome, type Refused } from '#shared/refusals.ts';
import type { Rules } from '#shared/settings/rules.ts';
import { isDeleted } from './amendments.ts';
import type { MessageBody } from './body.ts';
import type { Amending } from './commands.ts';
import { departmentOf } from './details.ts';
import { quoteOf, type Amendment, type MessageSent, type Quote } from './message-events.ts';
import type { WithoutEnvelope } from './events.ts';
import type { OpenedConversation } from './state.ts';

/** Why a text can't be sent; null when it can. */
export function judgeBody(
  { text, files }: MessageBody,
  { messageCharacters: limit }: Pick<Rules, 'messageCharacters'>,
): Refused | null {
  if (text.length > limit) return refuse('message.too-long', { limit, found: text.length });
  // Nothing can be uploaded yet, so no file that a message names is there.
  return files.length > 0 ? refuse('file.unknown') : null;
}

/** The `seq` of the message that a command names; null: it names none. */
export function namedIn(command: object): number | null {
  if ('replyTo' in command && typeof command.replyTo === 'number') return command.replyTo;
  return 'message' in command && typeof command.message === 'number' ? command.message : null;
}

interface Asked {
  readonly by: Principal;
  /** As it is now; null: there is none. */
  readonly message: MessageSent | null;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** What a message that names another one quotes. Messages are what both sides see: no note is one. */
export function quoted(
  replyTo: number | undefined,
  message: MessageSent | null,
): Outcome<{ replyTo?: Quote }> {
  if (replyTo === undefined) return accept({});
  if (message?.seq !== replyTo || isDeleted(message.body)) return refuse('message.unknown');
  return accept({ replyTo: quoteOf(message) });
}

/** For so long after it was sent, a message of the conversation can be changed. A department that is gone has no rule. */
export function amendWithinSeconds(state: OpenedConversation, rules: Rules): number {
  if (state.status === 'closed') return 0;
  return (departmentOf(state, rules) ?? rules).editWithinSeconds;
}

/** Its author, for a while. Asked again for what is so already, nothing happens. */
export function decideAmending(
  command: Amending,
  { by, message, now }: Asked,
  withinSeconds: number,
): Outcome<WithoutEnvelope<Amendment>[]> {
  if (by.kind !== 'agent') return refuse('message.not-yours');
  if (message?.seq !== command.message) return refuse('message.unknown');
  if (message.by.kind !== 'agent' || message.by.id !== by.agentId) {
    return refuse('message.not-yours');
  }
  const isGone = isDeleted(message.body);
  if (command.type === 'message.delete' && isGone) return accept([]);
  if (isGone) return refuse('message.unknown');
  if (now - message.at >= withinSeconds * 1000) return refuse('message.too-late');
  if (command.type === 'message.delete') {
    return accept([{ type: 'message.deleted', message: command.message }]);
  }
  const { body } = command;
  if (body.text === message.body.text && body.files.length === message.body.files.length) {
    return accept([]);
  }
  return accept([{ type: 'message.edited', message: command.message, body }]);
}
