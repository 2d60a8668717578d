// What a visitor meets when a department and its fallbacks are closed, or no agent there is available.

import * as v from 'valibot';
import { choice } from '#shared/settings/setting.ts';
import { definePolicy } from './define.ts';

const table = v.strictObject({
  /** `wait`: the conversation waits in the queue. `form`: the visitor may leave an offline message. */
  action: v.optional(choice(['wait', 'form']), 'wait'),
});

export const offline = definePolicy({ table, workspace: v.optional(table, {}) });
