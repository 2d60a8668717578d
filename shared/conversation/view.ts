// What an audience may know of a conversation's state.

import type { Audience } from '#shared/identity.ts';
import { NO_DETAILS } from './events.ts';
import type { ConversationState } from './state.ts';

/**
 * The state as an audience may know it. Law: folding the events that an audience hears equals the
 * audience's view of the whole fold.
 */
export function view(state: ConversationState, audience: Audience): ConversationState {
  if (audience === 'agents' || state.status === 'new') return state;
  const visitor = { ...state.visitor, name: state.initialName };
  const hidden = { details: NO_DETAILS, mentioned: [], warnedSla: null };
  const shown = { ...state, visitor, ...hidden };
  switch (shown.status) {
    case 'queued':
      return shown;
    case 'serving':
      return { ...shown, resumedAt: null };
    case 'held': {
      const { heldAt: _, until: __, ...served } = shown;
      return { ...served, status: 'serving', resumedAt: null };
    }
    case 'closed':
      return { ...shown, comment: null };
  }
}
