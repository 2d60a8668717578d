// What happens to a conversation whose visitor does not answer.

import * as v from 'valibot';
import { choice, closeMessage, seconds } from '#shared/settings/setting.ts';
import { definePolicy } from './define.ts';

const table = v.strictObject({
  /**
   * Counted from the first agent message that the visitor has not answered. It starts again when another agent
   * gets the conversation, and when it is resumed.
   */
  after_seconds: v.optional(seconds(1), 3600),
  action: v.optional(choice(['none', 'hold', 'close']), 'none'),
  close_message: v.optional(closeMessage, ''),
});

export const visitorInactivity = definePolicy({ table, workspace: v.optional(table, {}) });
