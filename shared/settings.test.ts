import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { expect, test } from 'vitest';
import { parseSettings, SettingsError } from './settings.ts';

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
  const toml = readFileSync(join(import.meta.dirname, '../wrangler.toml'), 'utf8');
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
  const complaint = complaintAbout(({ limits }) => (limits['chats_per_agent'] = 'five'));
  expect(complaint).toContain('settings.limits.chats_per_agent: found "five".');
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
  expect(complaint).toContain('settings.routing.method: found "random". Allowed: "manual".');
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

test('[ST2] settings that are not there at all are told, too', () => {
  expect(() => parseSettings(undefined)).toThrow(SettingsError);
});
