// Which actions stand at the top of a conversation, in the order in which they always stand.

import type { SlotKind } from '#shared/agent.ts';
import type { OpenedConversation } from '#shared/conversation/state.ts';
import type { ActionId } from '../shortcuts/shortcuts.ts';

type Status = OpenedConversation['status'];

export function quickActions(status: Status, slot: SlotKind | null): readonly ActionId[] {
  return [
    'take',
    'requeue',
    'forward',
    status === 'held' ? 'resume' : 'hold',
    slot === 'helping' ? 'leave' : 'end',
    'invite',
    'details',
  ];
}

/** What a phone has room for; the others are in a menu. By the status alone, so that nothing shifts. */
export function phoneActions(status: Status, slot: SlotKind | null): readonly ActionId[] {
  if (status === 'queued') return ['take', 'forward'];
  if (status === 'closed') return [];
  if (slot === 'helping') return ['leave', 'invite'];
  return ['forward', status === 'held' ? 'resume' : 'hold', 'end'];
}
