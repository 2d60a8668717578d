// What was said in the conversation, and who may read it, for the search over all conversations.

import { saidIn } from '#shared/search/said.ts';
import { putIntoSearch } from '../../../io/search-index.ts';
import type { Projection } from './projector.ts';

export const search: Projection = async ({ conversationId, events, state, isAnew }, { SEARCH }) => {
  const said = events.map(saidIn).filter((one) => one !== null);
  await putIntoSearch(SEARCH, { conversationId, state, said, isAnew });
};
