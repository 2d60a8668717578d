// What decisions go by, out of the settings: the Worker decides by it, and the workspace says by the same why
// something can't be done.

import * as v from 'valibot';
import { customFieldSchema } from '#shared/custom-fields.ts';
import { departmentIdSchema } from '#shared/ids.ts';
import { WEEKDAYS } from '#shared/opening-hours.ts';

const namedSchema = v.object({ id: v.string(), name: v.string() });

const hoursSchema = v.object({
  time_zone: v.string(),
  week: v.partial(v.object(v.entriesFromList(WEEKDAYS, v.array(v.string())))),
  holidays: v.array(v.string()),
});

export const rulesSchema = v.object({
  /** Characters in one message, at most. */
  messageCharacters: v.number(),
  /** As departments have it, between colleagues. */
  editWithinSeconds: v.number(),
  departments: v.array(
    v.object({
      id: departmentIdSchema,
      name: v.string(),
      enabled: v.boolean(),
      /** Agents take conversations themselves, and may move them back to the queue. */
      isManual: v.boolean(),
      holdAllowed: v.boolean(),
      commentRequired: v.boolean(),
      tagsRequired: v.boolean(),
      /** Seconds in which an agent may change or delete a message of theirs; 0: never. */
      editWithinSeconds: v.number(),
      /** As many of its conversations as one agent may serve at a time; null: it sets no limit. */
      maxConversationsPerAgent: v.nullable(v.number()),
      /** When it is open; null: always. */
      hours: v.nullable(hoursSchema),
    }),
  ),
  /** Whether a conversation that an agent was invited to counts as one of theirs. */
  invitedCount: v.boolean(),
  /** What conversations may be tagged with. */
  tags: v.array(v.string()),
  /** The most urgent first. */
  priorities: v.array(namedSchema),
  defaultPriority: v.string(),
  sla: v.array(v.object({ ...namedSchema.entries, dueMinutes: v.number() })),
  /** Why agents may say that they are away. */
  awayReasons: v.array(v.string()),
  /** Minutes after which an agent who does nothing becomes away; 0: never. */
  awayAfterIdleMinutes: v.number(),
  /** Of conversations and of contacts. */
  customFields: v.array(customFieldSchema),
});
export type Rules = v.InferOutput<typeof rulesSchema>;
export type DepartmentRules = Rules['departments'][number];
