// Parses the settings, and says every mistake in words that an admin can act on.

import * as v from 'valibot';
import type { DepartmentId } from '#shared/ids.ts';
import { fallbacksOf, policyOf } from './policy.ts';
import { settingsSchema, type Settings } from './schema.ts';

/** One mistake that only the whole can show. `found` is what stands at `key`. */
interface Contradiction {
  readonly key: string;
  readonly found: unknown;
  readonly allowed: string;
}

function contradictions(settings: Settings): Contradiction[] {
  const ids = settings.departments.map(({ id }) => id);
  const known = `one of the departments ${ids.join(', ')}`;
  const isUnknown = (id: DepartmentId | undefined) => id !== undefined && !ids.includes(id);
  const found: Contradiction[] = [];
  const tell = (key: string, value: unknown, allowed: string) =>
    found.push({ key, found: value, allowed });

  if (!settings.priorities.some(({ id }) => id === settings.default_priority)) {
    tell('default_priority', settings.default_priority, 'the id of one of the priorities');
  }
  if (isUnknown(settings.gone.forward_to)) tell('gone.forward_to', settings.gone.forward_to, known);
  for (const [index, { id, fallback, gone, hours }] of settings.departments.entries()) {
    const at = `departments.${index}`;
    if (isUnknown(fallback)) tell(`${at}.fallback`, fallback, known);
    else if (fallbacksOf(settings, id).includes(id)) {
      tell(`${at}.fallback`, fallback, 'a department whose fallbacks do not lead back here');
    }
    if (isUnknown(gone?.forward_to)) tell(`${at}.gone.forward_to`, gone?.forward_to, known);
    const policy = policyOf(settings, id);
    if (hours && !policy.hours) {
      // Half of them would mean none: always open.
      const [key, allowed] = hours.week
        ? ['time_zone', 'an IANA time zone']
        : ['week', 'a table of days'];
      tell(`${at}.hours.${key}`, undefined, allowed);
    }
    if (policy.ending.tags_required && settings.tags.length === 0) {
      tell('tags', [], `at least one tag, for ${id} requires them`);
    }
    if (policy.routing.method === 'external' && !policy.routing.external_url) {
      tell('routing.external_url', undefined, `an address, for ${id} is routed by it`);
    }
    if (policy.gone.action === 'forward' && !policy.gone.forward_to) {
      tell('gone.forward_to', undefined, `a department, for ${id} forwards to it`);
    }
  }
  return found;
}

/** The settings are wrong; the message has a line for each mistake and is meant for the admin. */
export class SettingsError extends Error {
  override name = 'SettingsError';
}

function complaint(issue: v.BaseIssue<unknown>): string {
  const key = ['settings', ...(issue.path ?? []).map(({ key }) => String(key))].join('.');
  if (issue.expected === 'never')
    return `${key} is not a setting. Remove it or check its spelling.`;
  return sentence(key, issue.input, issue.message);
}

function sentence(key: string, found: unknown, allowed: string): string {
  if (found === undefined) return `${key} is missing. Allowed: ${allowed}.`;
  return `${key}: found ${JSON.stringify(found).slice(0, 80)}. Allowed: ${allowed}.`;
}

/** Parses `[vars.settings]`. Throws a {@link SettingsError} that names every mistake. */
export function parseSettings(raw: unknown): Settings {
  const parsed = v.safeParse(settingsSchema, raw);
  const complaints = parsed.success
    ? contradictions(parsed.output).map(({ key, found, allowed }) =>
        sentence(`settings.${key}`, found, allowed),
      )
    : parsed.issues.map(complaint);
  if (parsed.success && complaints.length === 0) return parsed.output;
  throw new SettingsError(
    ['wrangler.toml, [vars.settings]:', ...complaints.map((line) => `  ${line}`)].join('\n'),
  );
}
