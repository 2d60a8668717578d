// What the announcements of a tab need to know of its workspace.

import { conversationIdSchema } from '#shared/ids.ts';
import type { Alert, AlertReason } from '#shared/alerts/alert.ts';
import type { WorkspaceStore } from '#web/lib/live/workspace-store.svelte.ts';
import * as v from 'valibot';
import type { Preferences } from '../actions/preferences.svelte.ts';
import { isRowInSight } from '../sidebar/in-sight.ts';
import { Announcements } from './announcements.ts';

/** Where a tab finds out by itself that it is needed, and the server can't know that nobody sees it. */
const IS_FOUND_HERE: Record<AlertReason, boolean> = {
  queued: true,
  assigned: true,
  invited: true,
  message: true,
  mention: false,
  direct: false,
  sla: false,
  unanswered: false,
};
/** Those that a row of the sidebar shows well enough. */
const IN_LISTS: readonly AlertReason[] = ['queued', 'sla', 'unanswered'];

interface Parts {
  readonly workspace: WorkspaceStore;
  readonly preferences: Preferences;
  readonly go: (path: string) => void;
}

export function makeAnnouncements({ workspace, preferences, go }: Parts): Announcements {
  return new Announcements({
    isSeen,
    isOver: (alert) => isOver(alert, workspace),
    preferences: () => workspace.agent.alerts,
    sounds: () => preferences.is('sound'),
    notifies: () => preferences.is('notifications'),
    department: ({ departmentId }) =>
      departmentId === null ? '' : workspace.names.department(departmentId),
    open: go,
    unseen({ reason, about, departmentId, seq }) {
      const id = v.safeParse(conversationIdSchema, about);
      if (!IS_FOUND_HERE[reason] || !id.success || departmentId === null) return;
      workspace.agent.unseen(id.output, departmentId, seq);
    },
    // Of messages, receipts tell as much.
    seen(alert) {
      if (alert.reason !== 'message') workspace.agent.seen(alert);
    },
  });
}

function isSeen({ reason, about, path }: Alert): boolean {
  if (!document.hasFocus()) return false;
  const id = v.safeParse(conversationIdSchema, about);
  const isListed = IN_LISTS.includes(reason) && id.success && isRowInSight(id.output);
  return location.pathname === path || isListed;
}

/** What the workspace does not know of is over when the agent turns to it. */
function isOver({ reason, about }: Alert, { queue, inProgress }: WorkspaceStore): boolean {
  if (reason === 'queued') return !queue.some(({ conversationId }) => conversationId === about);
  if (!IS_FOUND_HERE[reason]) return false;
  const conversation = inProgress.find(({ id }) => id === about);
  return !conversation || conversation.unread === 0;
}
