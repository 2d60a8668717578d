// What happens to an agent's conversations when they go offline.

import * as v from 'valibot';
import { choice, closeMessage, department } from '#shared/settings/setting.ts';
import { definePolicy } from './define.ts';

const table = v.strictObject({
  action: v.optional(choice(['keep', 'requeue', 'forward', 'close']), 'keep'),
  /** The department that `forward` leads to. */
  forward_to: v.optional(department),
  close_message: v.optional(closeMessage, ''),
});

export const agentOffline = definePolicy({
  table,
  workspace: v.optional(table, {}),
  mistakes: ({ policy, own, ownKey, id, departmentIds }) => {
    if (policy.forward_to !== undefined && !departmentIds.includes(policy.forward_to)) {
      const at = own?.forward_to === undefined ? 'agent_offline' : ownKey;
      const allowed = `one of the departments ${departmentIds.join(', ')}`;
      return [{ key: `${at}.forward_to`, found: policy.forward_to, allowed }];
    }
    if (policy.action !== 'forward' || policy.forward_to !== undefined) return [];
    return [
      { key: 'agent_offline.forward_to', allowed: `a department, because ${id} forwards to it` },
    ];
  },
});
