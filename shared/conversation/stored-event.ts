// Events as earlier versions stored them, in today's shape. A log is kept forever, and is never rewritten.

import { contactIdOfVisitor } from '#shared/ids.ts';
import { textBody } from './body.ts';
import { LIVECHAT, type ConversationEvent, type ConversationEventType } from './events.ts';

type EventOf<T extends ConversationEventType> = Extract<ConversationEvent, { type: T }>;

/** A message was a bare text. */
type MessageSentV1 = Omit<EventOf<'message.sent'>, 'body'> & { text: string };

/** The widget was the only channel, and nobody was asked for by name. */
type OpenedV1 = Omit<
  EventOf<'conversation.opened'>,
  'channel' | 'locale' | 'contactId' | 'wanted'
> &
  Partial<Pick<EventOf<'conversation.opened'>, 'wanted'>>;

export type StoredEvent = ConversationEvent | MessageSentV1 | OpenedV1;

export function upgradeEvent(stored: StoredEvent): ConversationEvent {
  if (stored.type === 'message.sent' && 'text' in stored) {
    const { text, ...event } = stored;
    return { ...event, body: textBody(text) };
  }
  if (stored.type === 'conversation.opened' && !('channel' in stored)) {
    return {
      ...stored,
      wanted: stored.wanted ?? null,
      channel: LIVECHAT,
      locale: null,
      contactId: contactIdOfVisitor(stored.visitor.id),
    };
  }
  return stored;
}
