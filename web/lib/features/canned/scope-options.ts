// Who a canned response can be for, as a form offers it to an agent.

import * as v from 'valibot';
import { refusedToSave } from '#shared/canned-responses/access.ts';
import type { CannedScope, NewCannedResponse } from '#shared/canned-responses/canned-response.ts';
import { departmentIdSchema } from '#shared/ids.ts';
import type { WorkspaceStore } from '#web/lib/live/workspace-store.svelte.ts';
import { m } from '#messages/compiled/messages.js';

export function scopeOptions({ by, settings }: Pick<WorkspaceStore, 'by' | 'settings'>) {
  const all: { scope: CannedScope; label: string }[] = [
    {
      scope: { kind: 'private', agentId: by.agentId, agentName: by.name },
      label: m.canned_for_me(),
    },
    ...settings.departments.map(({ id, name }) => ({
      scope: { kind: 'department', departmentId: id } as const,
      label: name,
    })),
    { scope: { kind: 'public' }, label: m.canned_for_all() },
  ];
  return all
    .filter(({ scope }) => refusedToSave(scope, by) === null)
    .map(({ scope, label }) => ({ value: scopeValue(scope), label }));
}

/** As a field has it: a department by its id, which has no blank in it. */
export const scopeValue = (scope: CannedScope): string =>
  scope.kind === 'department' ? `department ${scope.departmentId}` : scope.kind;

export function scopeFrom(value: string): NewCannedResponse['scope'] {
  const [kind, departmentId] = value.split(' ');
  if (departmentId !== undefined) {
    return { kind: 'department', departmentId: v.parse(departmentIdSchema, departmentId) };
  }
  return kind === 'public' ? { kind: 'public' } : { kind: 'private' };
}
