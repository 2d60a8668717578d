// An agent begins the next conversation with a contact whom they wrote with. Pure.

import { accept, refuse, type Outcome } from '#shared/refusals.ts';
import { mayRead, requirePermission } from './access.ts';
import type { BeginCommand } from './commands.ts';
import type { DecisionContext } from './decision-context.ts';
import { LIVECHAT, type NewEvent } from './events.ts';
import type { ConversationState } from './state.ts';

/** It is served by the agent at once: it waits in no queue. */
export function decideBegin(
  state: ConversationState,
  { previousId, departmentId, visitor, contactId, channel, locale, body }: BeginCommand,
  { by, rules, slot }: DecisionContext,
): Outcome<NewEvent[]> {
  const no = requirePermission(by, 'conversation.take');
  if (no) return no;
  if (state.status !== 'new') {
    return refuse(mayRead(state, by) ? 'conversation.exists' : 'conversation.unknown');
  }
  if (by.kind !== 'agent' || !by.departments.includes(departmentId)) {
    return refuse('department.not-yours');
  }
  if (!rules.departments.some(({ id }) => id === departmentId)) {
    return refuse('department.unknown', { department: departmentId });
  }
  if (channel !== LIVECHAT) return refuse('channel.not-writable', { channel });
  if (!slot.ok) return slot;
  const opened = { visitor, departmentId, previousId, contactId, channel, locale };
  return accept([
    { type: 'conversation.opened', ...opened, page: null, wanted: null },
    { type: 'conversation.taken', agent: slot.value },
    { type: 'message.sent', body },
  ]);
}
