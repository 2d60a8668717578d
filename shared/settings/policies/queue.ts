// How long a conversation may wait for an agent.

import * as v from 'valibot';
import { closeMessage, seconds } from '#shared/settings/setting.ts';
import { definePolicy } from './define.ts';

const table = v.strictObject({
  /** A conversation that has waited this long closes automatically; 0: never. */
  max_wait_seconds: v.optional(seconds(0), 0),
  close_message: v.optional(closeMessage, ''),
});

export const queue = definePolicy({ table, workspace: v.optional(table, {}) });
