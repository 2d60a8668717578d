// What happens in conversations of the tests again and again, and what becomes of them by it.

import { textBody } from '#shared/conversation/body.ts';
import type { NewEvent } from '#shared/conversation/events.ts';
import type { ConversationState } from '#shared/conversation/state.ts';
import { agentAuthor, fold, logOf, MARA, NOOR, OPENING } from './logs.ts';

export const taken = { type: 'conversation.taken', agent: NOOR } as const;
export const said = { type: 'message.sent', body: textBody('Hello') } as const;
export const held = { type: 'conversation.held' } as const;
export const joined = { type: 'agent.joined', agent: MARA } as const;
export const requeued = { type: 'conversation.requeued', because: 'moved' } as const;

/** After an opening, all of it by Noor. */
export const doneByNoor = (...facts: readonly NewEvent[]): ConversationState =>
  fold(logOf([OPENING, ...facts.map((fact) => ({ fact, by: agentAuthor(NOOR), later: 1 }))]));
