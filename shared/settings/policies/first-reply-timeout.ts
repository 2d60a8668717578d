// How long an agent may leave a visitor without an answer.

import * as v from 'valibot';
import { seconds } from '#shared/settings/setting.ts';
import { definePolicy } from './define.ts';

const table = v.strictObject({
  /**
   * An agent who has not written this long after they got a conversation, or after the visitor wrote in it,
   * loses it to the queue, once in its life; 0: never.
   */
  after_seconds: v.optional(seconds(0), 0),
});

export const firstReplyTimeout = definePolicy({ table, workspace: v.optional(table, {}) });
