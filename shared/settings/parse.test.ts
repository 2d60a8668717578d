import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { departmentIdSchema } from '#shared/ids.ts';
import { settingsWith } from '#shared/testing/settings.ts';
import { parseSettings, SettingsError } from './parse.ts';
import { fallbacksOf, policyOf } from './policy.ts';
import type { SettingsSource } from './schema.ts';

interface Raw {
  [key: string]: unknown;
  workspace: Record<string, unknown>;
  departments: unknown;
  limits: Record<string, unknown>;
  routing: Record<string, unknown>;
  widget: Record<string, unknown>;
  roles: Record<string, unknown>;
}

/** The settings as they ship, changed by `change`. */
function shipped(change: (settings: Raw) => void = () => undefined): unknown {
  const toml = readFileSync(join(import.meta.dirname, '../../wrangler.toml'), 'utf8');
  const { vars } = parse(toml) as unknown as { vars: { settings: Raw } };
  change(vars.settings);
  return vars.settings;
}

function complaintAbout(change: (settings: Raw) => void): string {
  try {
    parseSettings(shipped(change));
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  throw new Error('the settings were accepted');
}

test('[ST1] the settings that ship are right', () => {
  expect(parseSettings(shipped()).departments.map(({ id }) => id)).toEqual(['sales', 'support']);
});

test('[ST2] a wrong value names the key, what was found and what is allowed', () => {
  const complaint = complaintAbout(
    ({ limits }) => (limits['max_conversations_per_agent'] = 'five'),
  );
  expect(complaint).toContain('settings.limits.max_conversations_per_agent: found "five".');
  expect(complaint).toContain('Allowed: a whole number of conversations from 1 to 1000.');
});

test('[ST2] an unknown key is named', () => {
  const complaint = complaintAbout(({ limits }) => (limits['chats_per_agents'] = 5));
  expect(complaint).toContain('settings.limits.chats_per_agents is not a setting.');
});

test('[ST2] a missing key is named', () => {
  const complaint = complaintAbout(({ workspace }) => delete workspace['name']);
  expect(complaint).toContain('settings.workspace.name is missing.');
});

test('[ST2] every mistake has its line', () => {
  const complaint = complaintAbout((settings) => {
    settings.routing['method'] = 'random';
    settings.widget['allowed_origins'] = ['https://shop.example/path'];
    settings.roles['agent'] = ['conversation.delete'];
  });
  expect(complaint).toContain(
    'settings.routing.method: found "random". Allowed: one of manual, load-balancing, load-rotation, external.',
  );
  expect(complaint).toContain(
    'settings.widget.allowed_origins.0: found "https://shop.example/path"',
  );
  expect(complaint).toContain('settings.roles.agent.0: found "conversation.delete"');
});

test.each([
  [[], 'at least one department'],
  [
    [
      { id: 'sales', name: 'Sales' },
      { id: 'sales', name: 'Sales too' },
    ],
    'departments whose ids differ',
  ],
  [[{ id: 'Sales!', name: 'Sales' }], 'lower-case letters, digits and dashes'],
])('[ST3] departments %j are refused: %s', (departments, allowed) => {
  expect(complaintAbout((settings) => (settings.departments = departments))).toContain(allowed);
});

test('[ST2] missing settings are told, too', () => {
  expect(() => parseSettings(undefined)).toThrow(SettingsError);
});

test.each([
  [
    'routing',
    { external_url: 'http://parley.example/' },
    'an https address, or http on this machine',
  ],
  ['routing', { external_timeout_seconds: 31 }, 'a whole number of seconds from 1 to 30'],
  ['hours', { time_zone: 'Mars/Olympus' }, 'an IANA time zone'],
  ['hours', { week: { mon: ['17:00-09:00'] } }, 'a span such as "09:00-17:30"'],
  ['hours', { week: { mon: ['09:00-24:01'] } }, 'a span such as "09:00-17:30"'],
  ['hours', { holidays: ['25.12.2026'] }, 'a day such as "2026-12-25"'],
  ['offline', { action: 'hide' }, 'one of wait, form'],
  ['hold', { allowed: 'yes' }, 'true or false'],
  ['queue', { max_wait_seconds: -1 }, 'a whole number of seconds from 0 to 2592000'],
  ['visitor_inactivity', { after_seconds: 0 }, 'a whole number of seconds from 1 to 2592000'],
  ['agent_offline', { action: 'panic' }, 'one of keep, requeue, forward, close'],
  ['agent_offline', { forward_to: 'No Such' }, 'lower-case letters, digits and dashes'],
  ['ending', { close_message: 'x' }, 'is not a setting'],
])('[ST2] a department’s %s %j is refused', (key, value, allowed) => {
  const departments = [{ id: 'sales', name: 'Sales', [key]: value }];
  const complaint = complaintAbout((settings) => (settings.departments = departments));
  expect(complaint).toContain(`settings.departments.0.${key}.`);
  expect(complaint).toContain(allowed);
});

describe('[ST4] what only the whole can show', () => {
  const [sales, support] = [
    { id: 'sales', name: 'Sales' },
    { id: 'support', name: 'Support' },
  ];
  const week = { mon: ['09:00-17:00'] };
  const complaint = (more: Partial<SettingsSource>): string => {
    try {
      settingsWith(more);
    } catch (error) {
      if (error instanceof SettingsError) return error.message.split('\n').slice(1).join('\n');
      throw error;
    }
    throw new Error('the settings were accepted');
  };

  test.each<[string, Partial<SettingsSource>, string]>([
    [
      'a fallback that is not there',
      { departments: [{ ...sales, fallback: 'returns' }, support] },
      'departments.0.fallback: found "returns". Allowed: one of the departments sales, support.',
    ],
    [
      'a department that stands in for itself',
      { departments: [{ ...sales, fallback: 'sales' }] },
      'departments.0.fallback: found "sales". Allowed: a department whose fallbacks do not lead back here.',
    ],
    [
      'a forwarding to a department that is not there when an agent goes offline',
      { agent_offline: { action: 'forward', forward_to: 'returns' } },
      'agent_offline.forward_to: found "returns". Allowed: one of the departments sales, support.',
    ],
    [
      'the same for one department',
      { departments: [{ ...sales, agent_offline: { forward_to: 'returns' } }] },
      'departments.0.agent_offline.forward_to: found "returns". Allowed: one of the departments sales.',
    ],
    [
      'a forwarding to nowhere when an agent goes offline',
      { departments: [sales, { ...support, agent_offline: { action: 'forward' } }] },
      'agent_offline.forward_to is missing. Allowed: a department, because support forwards to it.',
    ],
    [
      'tags that are required of nothing',
      { departments: [sales, { ...support, ending: { tags_required: true } }] },
      'tags: found []. Allowed: at least one tag, because support requires them.',
    ],
    [
      'an endpoint without an address',
      { departments: [{ ...sales, routing: { method: 'external' } }] },
      'routing.external_url is missing. Allowed: an address, because sales is routed by an endpoint.',
    ],
    [
      'a default that is none of the priorities',
      { priorities: [{ id: 'urgent', name: 'Urgent' }] },
      'default_priority: found "normal". Allowed: the id of one of the priorities.',
    ],
    [
      'hours without a time zone',
      { departments: [{ ...sales, hours: { week } }] },
      'departments.0.hours.time_zone is missing. Allowed: an IANA time zone.',
    ],
    [
      'hours without a week',
      { departments: [{ ...sales, hours: { holidays: ['2026-12-25'] } }] },
      'departments.0.hours.week is missing. Allowed: a table of days.',
    ],
  ])('%s', (_what, more, line) => {
    expect(complaint(more)).toBe(`  settings.${line}`);
  });

  test('departments that stand in for each other: each is named', () => {
    const circle = complaint({
      departments: [
        { ...sales, fallback: 'support' },
        { ...support, fallback: 'sales' },
        { id: 'returns', name: 'Returns', fallback: 'sales' },
      ],
    });
    expect(circle).toContain('departments.0.fallback');
    expect(circle).toContain('departments.1.fallback');
    expect(circle).not.toContain('departments.2.fallback');
  });
});

describe('[ST5] a department', () => {
  const sales = v.parse(departmentIdSchema, 'sales');
  const support = v.parse(departmentIdSchema, 'support');
  const hours = { time_zone: 'Europe/Berlin', week: { mon: ['09:00-17:00'] }, holidays: [] };

  test('goes by what it sets, and for the rest by the workspace', () => {
    const settings = settingsWith({
      routing: { method: 'load-rotation', external_url: 'https://parley.example/' },
      hold: { allowed: true, close_after_seconds: 60, close_message: 'Write to us again.' },
      departments: [
        {
          ...{ id: 'sales', name: 'Sales' },
          routing: { method: 'external', external_timeout_seconds: 9 },
          hold: { close_after_seconds: 0 },
        },
        { id: 'support', name: 'Support' },
      ],
    });
    expect(policyOf(settings, sales)).toMatchObject({
      routing: {
        ...{ method: 'external', external_url: 'https://parley.example/' },
        ...{ external_timeout_seconds: 9, last_agent_first: false },
      },
      hold: { allowed: true, close_after_seconds: 0, close_message: 'Write to us again.' },
    });
    expect(policyOf(settings, support)).toMatchObject({
      routing: { method: 'load-rotation', external_timeout_seconds: 3 },
      hold: { close_after_seconds: 60 },
    });
  });

  test('has the workspace’s hours, amended key by key', () => {
    const week = { sun: ['10:00-12:00'] };
    const settings = settingsWith({
      hours: { ...hours, holidays: ['2026-12-25'] },
      departments: [
        { id: 'sales', name: 'Sales', hours: { week } },
        { id: 'support', name: 'Support' },
      ],
    });
    expect(policyOf(settings, sales).hours).toEqual({
      ...{ time_zone: 'Europe/Berlin', week, holidays: ['2026-12-25'] },
    });
    expect(policyOf(settings, support).hours?.week).toEqual(hours.week);
  });

  test('has hours of its own where the workspace has none', () => {
    const settings = settingsWith({
      departments: [
        { id: 'sales', name: 'Sales', hours: { time_zone: 'UTC', week: {} } },
        { id: 'support', name: 'Support' },
      ],
    });
    expect(policyOf(settings, sales).hours).toEqual({ time_zone: 'UTC', week: {}, holidays: [] });
    expect(policyOf(settings, support).hours).toBeUndefined();
  });

  test('has its fallbacks in the order in which they stand in', () => {
    const settings = settingsWith({
      departments: [
        { id: 'sales', name: 'Sales', fallback: 'support' },
        { id: 'support', name: 'Support', fallback: 'returns' },
        { id: 'returns', name: 'Returns' },
      ],
    });
    expect(fallbacksOf(settings, sales)).toEqual(['support', 'returns']);
    expect(fallbacksOf(settings, support)).toEqual(['returns']);
  });
});

test('[HC7] a check without a site key is refused, and so is a mode that is not there', () => {
  const missing = complaintAbout((settings) => (settings['turnstile'] = { mode: 'always' }));
  expect(missing).toContain('settings.turnstile.site_key is missing.');
  expect(missing).toContain('turnstile.mode is "always"');
  const wrong = complaintAbout((settings) => (settings['turnstile'] = { mode: 'sometimes' }));
  expect(wrong).toContain('Allowed: one of off, when-busy, always.');
  expect(parseSettings(shipped()).turnstile.mode).toBe('off');
});
