// Settings for tests: the fewest that are right, and what a test adds to them.

import { parseSettings } from '#shared/settings/parse.ts';
import type { Settings, SettingsSource } from '#shared/settings/schema.ts';

const FEWEST: SettingsSource = {
  workspace: { name: 'Juniper & Finch' },
  departments: [
    { id: 'sales', name: 'Sales' },
    { id: 'support', name: 'Support' },
  ],
  routing: { method: 'manual' },
  limits: { max_conversations_per_agent: 3, message_characters: 100 },
  presence: { grace_seconds: 30 },
  widget: { allowed_origins: [] },
  roles: {
    admin: [],
    manager: [],
    monitor: [],
    agent: ['conversation.take', 'conversation.transfer', 'conversation.hold'],
  },
};

export const settingsWith = (more: Partial<SettingsSource> = {}): Settings =>
  parseSettings({ ...FEWEST, ...more });
