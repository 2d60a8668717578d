import { expect, test } from 'vitest';
import { parseSettings, SettingsError } from './parse.ts';

function complaintAbout(settings: object): string {
  try {
    parseSettings(settings);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  throw new Error('the settings were accepted');
}

test.each([
  [{ gone: {} }, 'gone', 'agent_offline'],
  [{ silence: {} }, 'silence', 'visitor_inactivity'],
  [{ unanswered: {} }, 'unanswered', 'first_reply_timeout'],
  [{ unattended: {} }, 'unattended', 'offline'],
  [{ queue: { wait_at_most_seconds: 60 } }, 'queue.wait_at_most_seconds', 'queue.max_wait_seconds'],
  [
    { limits: { chats_per_agent: 5 } },
    'limits.chats_per_agent',
    'limits.max_conversations_per_agent',
  ],
  [
    { departments: [{ id: 'sales', name: 'Sales', chats_per_agent: 5 }] },
    'departments.0.chats_per_agent',
    'departments.0.max_conversations_per_agent',
  ],
  [
    {
      departments: [
        { id: 'sales', name: 'Sales' },
        { id: 'support', name: 'Support', gone: {} },
      ],
    },
    'departments.1.gone',
    'departments.1.agent_offline',
  ],
  [
    { departments: [{ id: 'sales', name: 'Sales', queue: { wait_at_most_seconds: 60 } }] },
    'departments.0.queue.wait_at_most_seconds',
    'departments.0.queue.max_wait_seconds',
  ],
])('[ST6] of %j the new name is told', (settings, key, newKey) => {
  const complaint = complaintAbout(settings);
  expect(complaint).toContain(`settings.${key} is now settings.${newKey}. Rename it.`);
  expect(complaint).not.toContain(`settings.${key} is not a setting`);
});

test('[ST6] several old names are told at once', () => {
  const complaint = complaintAbout({ gone: {}, silence: {}, unattended: {} });
  expect(complaint.match(/ is now /g)).toHaveLength(3);
});
