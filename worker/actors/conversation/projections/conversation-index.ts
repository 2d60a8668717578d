// The conversation's row in the index that lists are made of.

import { conversationRow, putConversation } from '../../../io/conversations.ts';
import type { Projection } from './projector.ts';

export const conversationIndex: Projection = async (
  { conversationId, state, seq },
  { DIRECTORY },
) => {
  await putConversation(DIRECTORY, conversationRow(conversationId, state, seq));
};
