// Conversations that wait for the visitor, out of the agent's way.

import * as v from 'valibot';
import { closeMessage, flag, seconds } from '#shared/settings/setting.ts';
import { definePolicy } from './define.ts';

const table = v.strictObject({
  /** Whether agents may place conversations on hold. */
  allowed: flag,
  /** A conversation that has been on hold this long closes automatically; 0: never. */
  close_after_seconds: v.optional(seconds(0), 0),
  close_message: v.optional(closeMessage, ''),
});

export const hold = definePolicy({ table, workspace: v.optional(table, { allowed: false }) });
