// What an agent must write down when they end a conversation.

import * as v from 'valibot';
import { flag } from '#shared/settings/setting.ts';
import { definePolicy } from './define.ts';

const table = v.strictObject({
  comment_required: v.optional(flag, false),
  /** Whether the conversation must have at least one tag. */
  tags_required: v.optional(flag, false),
});

export const ending = definePolicy({
  table,
  workspace: v.optional(table, {}),
  mistakes: ({ policy, id, tags }) =>
    policy.tags_required && tags.length === 0
      ? [{ key: 'tags', found: tags, allowed: `at least one tag, because ${id} requires them` }]
      : [],
});
