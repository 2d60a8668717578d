// Everything that is derived from a conversation's log. A new projection is a file and a line here.

import { conversationIndex } from './conversation-index.ts';
import type { Projection } from './projector.ts';

export const PROJECTIONS = {
  index: conversationIndex,
} satisfies Record<string, Projection>;
export type ProjectionName = keyof typeof PROJECTIONS;
