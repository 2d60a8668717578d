// How many conversations may wait for an agent, and for how long.

import * as v from 'valibot';
import { closeMessage, seconds, wholeNumber } from '#shared/settings/setting.ts';
import { definePolicy } from './define.ts';

const DAY_SECONDS = 24 * 3600;

const table = v.strictObject({
  /** While so many wait, no further one is let in: visitors may leave an offline message. */
  max_waiting: v.optional(wholeNumber(1, 100_000, 'conversations'), 2000),
  /** A conversation that has waited this long closes automatically; 0: never. */
  max_wait_seconds: v.optional(seconds(0), DAY_SECONDS),
  close_message: v.optional(closeMessage, ''),
});

export const queue = definePolicy({ table, workspace: v.optional(table, {}) });
