// What the desk's decisions go by, out of its settings: the Worker decides by it, and the workspace tells by
// the same why something can't be done.

import * as v from 'valibot';
import { departmentIdSchema } from '#shared/ids.ts';
import { limitWithin, policyOf } from './policy.ts';
import type { Settings } from './schema.ts';

const namedSchema = v.object({ id: v.string(), name: v.string() });

export const rulesSchema = v.object({
  /** Characters in one message, at most. */
  messageCharacters: v.number(),
  departments: v.array(
    v.object({
      id: departmentIdSchema,
      name: v.string(),
      enabled: v.boolean(),
      /** Nobody is assigned by the desk: what waits is taken, and may be moved back. */
      isManual: v.boolean(),
      holdAllowed: v.boolean(),
      commentRequired: v.boolean(),
      tagsRequired: v.boolean(),
      /** As many of its conversations as one agent may serve at a time; null: it sets no limit. */
      chatsPerAgent: v.nullable(v.number()),
    }),
  ),
  /** Whether a conversation that an agent was invited to counts as one of his. */
  invitedCount: v.boolean(),
  /** What conversations may be tagged with. */
  tags: v.array(v.string()),
  /** The most urgent first. */
  priorities: v.array(namedSchema),
  defaultPriority: v.string(),
  sla: v.array(namedSchema),
});
export type Rules = v.InferOutput<typeof rulesSchema>;
export type DepartmentRules = Rules['departments'][number];

const made = new WeakMap<Settings, Rules>();

export function rulesOf(settings: Settings): Rules {
  const rules = made.get(settings) ?? makeRules(settings);
  made.set(settings, rules);
  return rules;
}

function makeRules(settings: Settings): Rules {
  const { limits, departments, tags, priorities, default_priority, sla } = settings;
  return {
    messageCharacters: limits.message_characters,
    departments: departments.map(({ id, name, enabled }) => {
      const { routing, hold, ending } = policyOf(settings, id);
      return {
        ...{ id, name, enabled },
        isManual: routing.method === 'manual',
        holdAllowed: hold.allowed,
        commentRequired: ending.comment_required,
        tagsRequired: ending.tags_required,
        chatsPerAgent: limitWithin(settings, id),
      };
    }),
    invitedCount: limits.invited_count,
    tags,
    priorities,
    defaultPriority: default_priority,
    sla: sla.map(({ id, name }) => ({ id, name })),
  };
}
