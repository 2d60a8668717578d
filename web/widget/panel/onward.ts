// What becomes of a message that a conversation does not take: it goes into the next one, or into the form.

import { textBody } from '#shared/conversation/body.ts';
import type { CommandOf } from '#shared/conversation/commands.ts';
import type { CommandId, ConversationId } from '#shared/ids.ts';
import { pageAddress } from '#shared/page-address.ts';
import type { ConversationStore } from '#web/lib/live/conversation-store.svelte.ts';
import type { Environment } from '#web/lib/live/environment.ts';
import type { OutboxItem } from '#web/lib/live/outbox.ts';

export interface Message {
  readonly id: CommandId;
  readonly text: string;
}

type Opening = CommandOf<'conversation.open'>;

interface OpeningItem extends OutboxItem {
  readonly conversationId: ConversationId;
  readonly command: Opening;
}

/** It is of a conversation: no direct chat is opened by a command. */
export const isOpening = (item: OutboxItem): item is OpeningItem =>
  item.command.type === 'conversation.open';

export const END = { type: 'conversation.end', comment: null } as const;

export const onward = ({ id, text }: Message) =>
  ({ id, command: { type: 'message.send', body: textBody(text) } }) as const;

/** What begins a conversation with a message. */
export const openingWith = (
  { text }: Message,
  where: Pick<Opening, 'departmentId' | 'previousId' | 'agentId'>,
  environment: Pick<Environment, 'address' | 'locale' | 'referrer' | 'timeZone'>,
) => ({
  type: 'conversation.open' as const,
  ...where,
  body: textBody(text),
  page: pageAddress(environment.address()),
  locale: environment.locale(),
  referrer: pageAddress(environment.referrer()),
  timeZone: environment.timeZone(),
});

/**
 * False when nothing has opened it and nothing is about to: a tab may have died before it could, or the
 * opening was refused.
 */
export function isBegun({ isKnown, state, pending }: ConversationStore): boolean {
  if (!isKnown || state.status !== 'new') return true;
  return pending.some(({ command, refusal }) => command.type === 'conversation.open' && !refusal);
}
