// How much of their limits an agent uses.

import type { ConversationId, DepartmentId } from '#shared/ids.ts';
import { limitWithin } from '#shared/settings/policy.ts';
import type { Settings } from '#shared/settings/schema.ts';
import type { Slots } from './slots.ts';

interface Asked {
  /** A conversation whose own slot is not counted. */
  readonly except: ConversationId | null;
  readonly departmentId: DepartmentId;
  readonly now: number;
  /** The agent's own limit; null: the workspace's. */
  readonly maxConversations: number | null;
}

export function usageOf(slots: Slots, settings: Settings, asked: Asked) {
  const { except, departmentId, now, maxConversations } = asked;
  const { limits } = settings;
  const open = slots.open(now, limits.invited_count, except);
  const here = open.of(departmentId);
  return {
    serves: here.serves,
    open: open.all,
    openHere: here.open,
    limit: maxConversations ?? limits.max_conversations_per_agent,
    limitHere: limitWithin(settings, departmentId),
  };
}
