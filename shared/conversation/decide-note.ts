// Who may add a note to a conversation, and whom it calls. Pure.

import { accept, refuse, type Outcome } from '#shared/refusals.ts';
import type { CommandOf } from './commands.ts';
import type { DecisionContext } from './decision-context.ts';
import type { NewEvent } from './events.ts';

/** Everyone who may read it as an agent. */
export function decideNote(
  { body, mentions }: CommandOf<'note.add'>,
  { by }: Pick<DecisionContext, 'by'>,
): Outcome<NewEvent[]> {
  if (by.kind !== 'agent' && by.kind !== 'integration') return refuse('conversation.unknown');
  const others = by.kind === 'agent' ? mentions.filter((id) => id !== by.agentId) : mentions;
  return accept([{ type: 'note.added', body, mentions: [...new Set(others)] }]);
}
