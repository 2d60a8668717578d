// Who may see a canned response, who is offered it while they write, and who may change it.

import type { AgentPrincipal } from '#shared/identity.ts';
import type { DepartmentId } from '#shared/ids.ts';
import { refuse, type Refused } from '#shared/refusals.ts';
import type { CannedScope } from './canned-response.ts';

type Reader = Pick<AgentPrincipal, 'agentId' | 'departments' | 'permissions'>;

/** The departments whose responses an agent sees; null: all. */
export const departmentsInSight = ({ departments, permissions }: Reader) =>
  permissions.includes('canned-response.view-all') ||
  permissions.includes('canned-response.save-all')
    ? null
    : departments;

export const seesPrivateOfAll = ({ permissions }: Reader): boolean =>
  permissions.includes('canned-response.view-all');

export function maySee(scope: CannedScope, by: Reader): boolean {
  if (scope.kind === 'private') return scope.agentId === by.agentId || seesPrivateOfAll(by);
  return scope.kind === 'public' || isInSight(scope.departmentId, by);
}

/** Whether it is there to answer with: what colleagues keep for themselves never is. */
export const isOffered = (scope: CannedScope, by: Reader): boolean =>
  maySee(scope, by) && (scope.kind !== 'private' || scope.agentId === by.agentId);

/** Why an agent may not save a response in a scope, or change or delete one that is in it; null: they may. */
export function refusedToSave(scope: CannedScope, by: Reader): Refused | null {
  const missing = (permission: AgentPrincipal['permissions'][number]) =>
    by.permissions.includes(permission) ? null : refuse('permission.missing', { permission });
  switch (scope.kind) {
    case 'private':
      if (scope.agentId !== by.agentId) return refuse('canned-response.not-yours');
      return missing('canned-response.save');
    case 'department': {
      if (missing('canned-response.save-all') === null) return null;
      const isMember = by.departments.includes(scope.departmentId);
      return (
        missing('canned-response.save-department') ??
        (isMember ? null : refuse('department.not-yours'))
      );
    }
    case 'public':
      return missing('canned-response.save-all');
  }
}

const isInSight = (id: DepartmentId, by: Reader): boolean =>
  departmentsInSight(by)?.includes(id) ?? true;
