// What agents may do about messages that they have sent.

import * as v from 'valibot';
import { seconds } from '#shared/settings/setting.ts';
import { definePolicy } from './define.ts';

const table = v.strictObject({
  /** For so long after sending it, an agent may change or delete their own message; 0: never. */
  edit_within_seconds: v.optional(seconds(0), 900),
});

export const messages = definePolicy({ table, workspace: v.optional(table, {}) });
