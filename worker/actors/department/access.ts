// Who may watch a department's queue and roster. Pure.

import type { ConnectedPrincipal } from '#shared/identity.ts';
import type { DepartmentId } from '#shared/ids.ts';

/** Its members, and who may see every department. */
export function mayWatch(by: ConnectedPrincipal, departmentId: DepartmentId): boolean {
  if (by.kind === 'visitor') return false;
  return by.departments.includes(departmentId) || by.permissions.includes('conversation.view-all');
}
