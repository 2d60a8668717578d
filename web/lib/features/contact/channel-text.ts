import { LIVECHAT } from '#shared/conversation/events.ts';
import { m } from '#messages/compiled/messages.js';

/** A platform's own name is the same in every language. */
export const channelText = (channel: string): string =>
  channel === LIVECHAT ? m.details_livechat() : channel;
