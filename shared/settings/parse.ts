// Parses the settings, and says every mistake in words that an admin can act on.

import * as v from 'valibot';
import { shortened } from '#shared/text.ts';
import { mistakesInFields } from './custom-fields.ts';
import type { Mistake } from './policies/define.ts';
import { fallbacksOf, mistakesInPolicies } from './policy.ts';
import { renamedIn } from './renamed.ts';
import { settingsSchema, type Settings } from './schema.ts';

/** The settings are wrong; the message has a line for each mistake and is meant for the admin. */
export class SettingsError extends Error {
  override name = 'SettingsError';
}

/** Parses `[vars.settings]`. Throws a {@link SettingsError} that names every mistake. */
export function parseSettings(raw: unknown): Settings {
  const parsed = v.safeParse(settingsSchema, raw);
  const complaints = new Set(
    parsed.success
      ? mistakesInWhole(parsed.output).map(sentence)
      : complaintsOf(raw, parsed.issues),
  );
  if (parsed.success && complaints.size === 0) return parsed.output;
  throw new SettingsError(
    ['wrangler.toml, [vars.settings]:', ...[...complaints].map((line) => `  ${line}`)].join('\n'),
  );
}

/** What only the settings as a whole show to be wrong. */
function mistakesInWhole(settings: Settings): Mistake[] {
  const { priorities, default_priority, departments, turnstile } = settings;
  const ids = departments.map(({ id }) => id);
  const mistakes: Mistake[] = [];
  if (turnstile.mode !== 'off' && turnstile.site_key === undefined) {
    const allowed = `the site key of a Turnstile widget, because turnstile.mode is "${turnstile.mode}"`;
    mistakes.push({ key: 'turnstile.site_key', found: undefined, allowed });
  }
  if (!priorities.some(({ id }) => id === default_priority)) {
    const allowed = 'the id of one of the priorities';
    mistakes.push({ key: 'default_priority', found: default_priority, allowed });
  }
  for (const [index, { id, fallback }] of departments.entries()) {
    const key = `departments.${index}.fallback`;
    if (fallback !== undefined && !ids.includes(fallback)) {
      mistakes.push({ key, found: fallback, allowed: `one of the departments ${ids.join(', ')}` });
    } else if (fallbacksOf(settings, id).includes(id)) {
      const allowed = 'a department whose fallbacks do not lead back here';
      mistakes.push({ key, found: fallback, allowed });
    }
  }
  return [
    ...mistakes,
    ...mistakesInFields(settings.custom_fields),
    ...mistakesInPolicies(settings),
  ];
}

function sentence({ key, found, allowed }: Mistake): string {
  if (found === undefined) return `settings.${key} is missing. Allowed: ${allowed}.`;
  return `settings.${key}: found ${shortened(JSON.stringify(found), 80)}. Allowed: ${allowed}.`;
}

function complaintsOf(raw: unknown, issues: readonly v.BaseIssue<unknown>[]): string[] {
  const renamed = renamedIn(raw);
  const told = new Set(renamed.map(({ key }) => key));
  return [
    ...renamed.map(({ key, newKey }) => `settings.${key} is now settings.${newKey}. Rename it.`),
    ...issues.filter((issue) => !told.has(keyOf(issue))).map(complaint),
  ];
}

const keyOf = (issue: v.BaseIssue<unknown>): string =>
  (issue.path ?? []).map(({ key }) => String(key)).join('.');

function complaint(issue: v.BaseIssue<unknown>): string {
  const key = keyOf(issue);
  if (issue.expected === 'never') {
    return `settings.${key} is not a setting. Remove it or check its spelling.`;
  }
  return sentence({ key, found: issue.input, allowed: issue.message });
}
