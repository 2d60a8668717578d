// Who a canned response is for, in a word.

import type { CannedScope } from '#shared/canned-responses/canned-response.ts';
import type { WorkspaceStore } from '#web/lib/live/workspace-store.svelte.ts';
import { m } from '#messages/compiled/messages.js';

export function scopeText(scope: CannedScope, { names, me }: WorkspaceStore): string {
  if (scope.kind === 'public') return m.canned_scope_public();
  if (scope.kind === 'department') return names.department(scope.departmentId);
  return scope.agentId === me.agentId
    ? m.canned_scope_private()
    : m.canned_scope_private_of({ name: scope.agentName });
}
