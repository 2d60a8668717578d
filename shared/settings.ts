// The desk's configuration: `[vars.settings]` of wrangler.toml, every setting documented where it is
// declared. A wrong key or value names the key, what was found and what is allowed.

import * as v from 'valibot';
import { departmentIdSchema } from './ids.ts';

/** What a role may be allowed to do, beyond what every member of the desk may. */
export const PERMISSIONS = [
  /** Take a queued conversation of one's own departments, and serve it. */
  'conversation.take',
  /** End a conversation that a colleague serves, or that nobody has taken. */
  'conversation.end-others',
  /** See the queues and conversations of every department. */
  'conversation.view-all',
  /** See and requeue what could not be delivered, and rebuild what is derived from the logs. */
  'desk.operate',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

export const ROLES = ['admin', 'manager', 'monitor', 'agent'] as const;
export type Role = (typeof ROLES)[number];

/** A schema whose every complaint is `allowed`: what a person may write there. */
function setting<const S extends v.GenericSchema>(allowed: string, schema: S) {
  return v.message(schema, allowed);
}

const wholeNumber = (from: number, to: number, unit: string) =>
  setting(
    `a whole number of ${unit} from ${from} to ${to}`,
    v.pipe(v.number(), v.integer(), v.minValue(from), v.maxValue(to)),
  );

const name = setting(
  'a text of 1 to 60 characters',
  v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60)),
);

const permissions = v.array(
  setting(`one of ${PERMISSIONS.join(', ')}`, v.picklist(PERMISSIONS)),
  'a list of permissions',
);

const settingsSchema = v.strictObject({
  workspace: v.strictObject({
    /** The desk's name, shown to visitors and agents. */
    name,
  }),

  /** At least one. The first is where a widget without `data-department` leads. */
  departments: v.pipe(
    v.array(
      v.strictObject({
        /** Its name in addresses and in `data-department`; never change it once in use. */
        id: setting('lower-case letters, digits and dashes, 40 at most', departmentIdSchema),
        /** Its name for people. */
        name,
      }),
      'a list of tables with id and name',
    ),
    v.minLength(1, 'at least one department'),
    v.check(
      (departments) => new Set(departments.map(({ id }) => id)).size === departments.length,
      'departments whose ids differ',
    ),
  ),

  routing: v.strictObject({
    /** Who gets a new conversation. `manual`: it waits in the queue until an agent takes it. */
    method: setting('"manual"', v.literal('manual')),
  }),

  limits: v.strictObject({
    /** Conversations that one agent may hold at a time. */
    chats_per_agent: wholeNumber(1, 1000, 'conversations'),
    /** Characters in one message. */
    message_characters: wholeNumber(1, 20_000, 'characters'),
  }),

  presence: v.strictObject({
    /** How long an agent counts as online after his last tab has gone. */
    grace_seconds: wholeNumber(0, 3600, 'seconds'),
  }),

  widget: v.strictObject({
    /** Sites that may embed the widget, as origins; "*" for any. The desk's own origin always may. */
    allowed_origins: v.array(
      setting(
        'an origin such as "https://shop.example", or "*"',
        v.union([
          v.literal('*'),
          v.pipe(
            v.string(),
            v.check((text) => URL.canParse(text) && new URL(text).origin === text),
          ),
        ]),
      ),
      'a list of origins',
    ),
  }),

  /** What each role may do. */
  roles: v.strictObject({
    admin: permissions,
    manager: permissions,
    monitor: permissions,
    agent: permissions,
  } satisfies Record<Role, typeof permissions>),
});

export type Settings = v.InferOutput<typeof settingsSchema>;

/** The settings are wrong; the message has a line for each mistake and is meant for the admin. */
export class SettingsError extends Error {
  override name = 'SettingsError';
}

function complaint(issue: v.BaseIssue<unknown>): string {
  const key = ['settings', ...(issue.path ?? []).map(({ key }) => String(key))].join('.');
  if (issue.expected === 'never')
    return `${key} is not a setting. Remove it or check its spelling.`;
  if (issue.received === 'undefined') return `${key} is missing. Allowed: ${issue.message}.`;
  const found = JSON.stringify(issue.input) ?? issue.received;
  return `${key}: found ${found.slice(0, 80)}. Allowed: ${issue.message}.`;
}

/** Parses `[vars.settings]`. Throws a {@link SettingsError} that names every mistake. */
export function parseSettings(raw: unknown): Settings {
  const parsed = v.safeParse(settingsSchema, raw);
  if (parsed.success) return parsed.output;
  throw new SettingsError(
    [
      'wrangler.toml, [vars.settings]:',
      ...parsed.issues.map((issue) => `  ${complaint(issue)}`),
    ].join('\n'),
  );
}
