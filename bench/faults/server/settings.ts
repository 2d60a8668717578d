// How the server of a run behaves: a department for each way of assigning, and times short enough that what
// happens by itself happens in a short run.

import * as v from 'valibot';
import { departmentIdSchema } from '#shared/ids.ts';
import type { SettingsSource } from '#shared/settings/schema.ts';

const METHODS = { sales: 'manual', support: 'load-balancing', returns: 'load-rotation' } as const;

export const DEPARTMENTS = Object.keys(METHODS).map((id) => v.parse(departmentIdSchema, id));
export const CONVERSATIONS_PER_AGENT = 5;
export const GRACE_SECONDS = 4;

export const serverSettings: Partial<SettingsSource> = {
  departments: Object.entries(METHODS).map(([id, method]) => ({
    ...{ id, name: id },
    routing: { method },
  })),
  limits: { max_conversations_per_agent: CONVERSATIONS_PER_AGENT, message_characters: 5000 },
  presence: { grace_seconds: GRACE_SECONDS },
  hold: { allowed: true },
  first_reply_timeout: { after_seconds: 15 },
  agent_offline: { action: 'requeue' },
};
