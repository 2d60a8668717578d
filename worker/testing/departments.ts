// Departments that only the tests have, each with a way of its own. Read by vitest.config.ts, too.

import * as v from 'valibot';
import { departmentIdSchema, type DepartmentId } from '../../shared/ids.ts';
import type { SettingsSource } from '../../shared/settings/schema.ts';

const balanced = { method: 'load-balancing' } as const;

const WAYS = {
  balanced: { routing: balanced },
  rotating: { routing: { method: 'load-rotation' } },
  /** One conversation of its own for each agent. */
  narrow: { routing: balanced, max_conversations_per_agent: 1 },
  /** The last agent is asked first. */
  loyal: { routing: { ...balanced, last_agent_first: true } },
  outside: { routing: { method: 'external', external_url: 'https://routing.example/ask' } },
  /** Every timer runs, and no agent keeps a conversation for long. */
  timed: {
    routing: balanced,
    queue: { max_wait_seconds: 120, close_message: 'Nobody is free today.' },
    first_reply_timeout: { after_seconds: 30 },
    visitor_inactivity: { after_seconds: 60, action: 'hold' },
    hold: { allowed: true, close_after_seconds: 600, close_message: 'We close this.' },
  },
  /** Taken by hand; silence and absence end a conversation. */
  closing: {
    visitor_inactivity: { after_seconds: 60, action: 'close', close_message: 'Goodbye.' },
    agent_offline: { action: 'close', close_message: 'We are away.' },
  },
  keeping: { agent_offline: { action: 'keep' } },
  passing: { agent_offline: { action: 'forward', forward_to: 'support' } },
  strict: {
    ending: { comment_required: true, tags_required: true },
    hold: { allowed: false },
  },
  disabled: { enabled: false },
  covered: { enabled: false, fallback: 'covered-too' },
  /** Hardly anybody may wait. */
  small: { queue: { max_waiting: 2 } },
  'small-form': { queue: { max_waiting: 2 }, offline: { action: 'form' } },
  /** No agent is ever there. */
  'covered-too': { fallback: 'support' },
  form: { offline: { action: 'form' } },
  /** What an agent does not see goes on to others. */
  helpful: { alerts: { then: 'colleague' }, agent_offline: { action: 'keep' } },
  alarmed: { alerts: { then: 'department', then_after_seconds: 30 } },
  /** Never open; what waits there would be assigned. */
  shut: { routing: balanced, hours: { time_zone: 'Europe/Berlin', week: {} } },
} satisfies Record<string, Omit<SettingsSource['departments'][number], 'id' | 'name'>>;

export const TEST_DEPARTMENTS = Object.entries(WAYS).map(([id, way]) => ({ id, name: id, ...way }));

export const departmentOf = (id: keyof typeof WAYS): DepartmentId =>
  v.parse(departmentIdSchema, id);
