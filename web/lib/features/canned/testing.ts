// Canned responses for tests.

import * as v from 'valibot';
import type { CannedResponse, CannedScope } from '#shared/canned-responses/canned-response.ts';
import { agentIdSchema, departmentIdSchema, newCannedResponseId } from '#shared/ids.ts';

export const departmentOf = (id: string): CannedScope => ({
  kind: 'department',
  departmentId: v.parse(departmentIdSchema, id),
});
export const privateTo = (id: string): CannedScope => ({
  kind: 'private',
  agentId: v.parse(agentIdSchema, id),
  agentName: id,
});

export const aResponse = (
  shortcut: string,
  text: string,
  scope: CannedScope = { kind: 'public' },
  tags: string[] = [],
): CannedResponse => ({ id: newCannedResponseId(), shortcut, text, tags, scope, revision: 1 });
