// What was said in the conversation, and who may read it, for the search over all conversations.

import { isAmendment, isDeleted } from '#shared/conversation/amendments.ts';
import { saidIn, textOf } from '#shared/search/said.ts';
import { putIntoSearch } from '../../../io/search-index.ts';
import type { Projection } from './projector.ts';

export const search: Projection = async ({ conversationId, events, state, isAnew }, { SEARCH }) => {
  const said = events.map(saidIn).filter((one) => one !== null);
  const reworded = events.filter(isAmendment).map((event) => ({
    at: event.seq,
    seq: event.message,
    text: event.type === 'message.edited' && !isDeleted(event.body) ? textOf(event.body) : null,
  }));
  await putIntoSearch(SEARCH, { conversationId, state, said, reworded, isAnew });
};
