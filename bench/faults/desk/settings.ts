// How the desk of a run behaves: a department for each way of giving what waits to somebody, and times short
// enough that what happens by itself happens in a short run.

import * as v from 'valibot';
import { departmentIdSchema } from '#shared/ids.ts';
import type { SettingsSource } from '#shared/settings/schema.ts';

const METHODS = { sales: 'manual', support: 'load-balancing', returns: 'load-rotation' } as const;

export const DEPARTMENTS = Object.keys(METHODS).map((id) => v.parse(departmentIdSchema, id));
export const CHATS_PER_AGENT = 5;
export const GRACE_SECONDS = 4;

export const deskSettings: Partial<SettingsSource> = {
  departments: Object.entries(METHODS).map(([id, method]) => ({
    ...{ id, name: id },
    routing: { method },
  })),
  limits: { max_conversations_per_agent: CHATS_PER_AGENT, message_characters: 5000 },
  presence: { grace_seconds: GRACE_SECONDS },
  hold: { allowed: true },
  first_reply_timeout: { after_seconds: 15 },
  agent_offline: { action: 'requeue' },
};
