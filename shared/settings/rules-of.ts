// The rules, out of the settings. Apart from their schema, which pages need without the settings' own schemas.

import { limitWithin, policyOf } from './policy.ts';
import type { Rules } from './rules.ts';
import type { Settings } from './schema.ts';

const made = new WeakMap<Settings, Rules>();

export function rulesOf(settings: Settings): Rules {
  const rules = made.get(settings) ?? makeRules(settings);
  made.set(settings, rules);
  return rules;
}

function makeRules(settings: Settings): Rules {
  const { limits, departments, tags, priorities, default_priority, sla, custom_fields, presence } =
    settings;
  return {
    messageCharacters: limits.message_characters,
    editWithinSeconds: settings.messages.edit_within_seconds,
    departments: departments.map(({ id, name, enabled }) => {
      const { routing, hold, ending, hours, messages } = policyOf(settings, id);
      return {
        id,
        name,
        enabled,
        isManual: routing.method === 'manual',
        holdAllowed: hold.allowed,
        commentRequired: ending.comment_required,
        tagsRequired: ending.tags_required,
        editWithinSeconds: messages.edit_within_seconds,
        maxConversationsPerAgent: limitWithin(settings, id),
        hours: hours ?? null,
      };
    }),
    invitedCount: limits.invited_count,
    tags,
    priorities,
    defaultPriority: default_priority,
    awayReasons: presence.away_reasons,
    awayAfterIdleMinutes: presence.away_after_idle_minutes,
    sla: sla.map(({ id, name, due_minutes }) => ({ id, name, dueMinutes: due_minutes })),
    customFields: custom_fields.map(({ pattern = null, visitor_may_see, ...field }) => ({
      ...field,
      pattern,
      visitorMaySee: visitor_may_see,
    })),
  };
}
