// Everything that is derived from a conversation's log. A new projection is a file and a line here.

import { conversationIndex } from './conversation-index.ts';
import type { Projection } from './projector.ts';
import { search } from './search.ts';

export const PROJECTIONS = {
  index: conversationIndex,
  search,
} satisfies Record<string, Projection>;
export type ProjectionName = keyof typeof PROJECTIONS;
