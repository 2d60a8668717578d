// What follows when an agent does not see what needs them.

import * as v from 'valibot';
import { choice, seconds, wholeNumber } from '#shared/settings/setting.ts';
import { definePolicy } from './define.ts';

const table = v.strictObject({
  /** No tab of the agent's has shown it for so long: their devices are told by push. Without a tab it takes 5 at most. */
  push_after_seconds: v.optional(seconds(0), 20),
  /**
   * When they have not seen it then, either. `colleague`: an available colleague of the department is told, the one
   * with the fewest conversations. `department`: all of them are. The conversation stays the agent's.
   */
  then: v.optional(choice(['none', 'colleague', 'department']), 'none'),
  /** Counted from the push. */
  then_after_seconds: v.optional(seconds(10), 60),
  /** So long before an SLA is broken its agent is told, or its department while it waits; 0: never. */
  sla_warning_minutes: v.optional(wholeNumber(0, 1440, 'minutes'), 5),
});

export const alerts = definePolicy({ table, workspace: v.optional(table, {}) });
