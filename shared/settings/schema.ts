// The admin's configuration: `[vars.settings]` of wrangler.toml, every setting documented where it is declared.
// What a department may decide for itself is in policies/. A wrong key or value names the key, what was found
// and what is allowed.

import * as v from 'valibot';
import { slugSchema } from '#shared/ids.ts';
import { PERMISSIONS, ROLES, type Role } from '#shared/permissions.ts';
import { customFieldsSetting } from './custom-fields.ts';
import { partOfEach, type POLICIES } from './policies/registry.ts';
import {
  choice,
  conversationLimit,
  department,
  flag,
  name,
  setting,
  uniqueBy,
  wholeNumber,
} from './setting.ts';

const permissions = v.array(
  setting(`one of ${PERMISSIONS.join(', ')}`, v.picklist(PERMISSIONS)),
  'a list of permissions',
);

const departmentSchema = v.strictObject({
  /** Its name in addresses and in `data-department`; never change it once in use. */
  id: department,
  /** Its name for people. */
  name,
  /** Out of use: no new conversation reaches it, those that it has go on to their end. */
  enabled: v.optional(flag, true),
  /** The department that stands in when this one is disabled, closed or offline. */
  fallback: v.optional(department),
  /** Conversations of this department that one agent may serve at a time. */
  max_conversations_per_agent: v.optional(conversationLimit),
  ...partOfEach('department'),
});

const named = v.strictObject({
  id: setting('lower-case letters, digits and dashes, 40 at most', slugSchema),
  name,
});

const origin = setting(
  'an origin such as "https://shop.example", or "*"',
  v.union([
    v.literal('*'),
    v.pipe(
      v.string(),
      v.check((text) => URL.canParse(text) && new URL(text).origin === text),
    ),
  ]),
);

const siteKey = setting(
  "the site key of a Turnstile widget, as Cloudflare's dashboard shows it",
  v.pipe(v.string(), v.regex(/^[\w-]{1,100}$/)),
);

export const settingsSchema = v.strictObject({
  workspace: v.strictObject({
    /** The name that visitors and agents see. */
    name,
  }),

  /** At least one. The first is where a widget without `data-department` leads. */
  departments: v.pipe(
    v.array(departmentSchema, 'a list of tables with id and name'),
    v.minLength(1, 'at least one department'),
    uniqueBy(({ id }) => id, 'departments whose ids differ'),
  ),

  ...partOfEach('workspace'),

  /** How urgent a conversation may be, the most urgent first. */
  priorities: v.optional(
    v.pipe(
      v.array(named, 'a list of tables with id and name'),
      v.minLength(1, 'at least one priority'),
      uniqueBy(({ id }) => id, 'priorities whose ids differ'),
    ),
    [{ id: 'normal', name: 'Normal' }],
  ),
  /** What a conversation has until an agent sets another. */
  default_priority: v.optional(v.string(), 'normal'),

  /** Promises of when an agent answers, counted from the conversation's opening. */
  sla: v.optional(
    v.pipe(
      v.array(
        v.strictObject({ ...named.entries, due_minutes: wholeNumber(1, 43_200, 'minutes') }),
        'a list of tables with id, name and due_minutes',
      ),
      uniqueBy(({ id }) => id, 'policies whose ids differ'),
    ),
    [],
  ),

  /** What conversations may be tagged with. */
  tags: v.optional(
    v.pipe(
      v.array(name, 'a list of texts'),
      uniqueBy((tag: string) => tag, 'tags that differ'),
    ),
    [],
  ),

  /** Fields of the workspace's own, which agents fill in: in the room information, or in the contact's. */
  custom_fields: customFieldsSetting,

  limits: v.strictObject({
    /** Conversations that one agent may serve at a time; those on hold are not counted. */
    max_conversations_per_agent: conversationLimit,
    /** Whether a conversation that an agent was invited to counts as one of theirs. */
    invited_count: v.optional(flag, false),
    /** Characters in one message. */
    message_characters: wholeNumber(1, 20_000, 'characters'),
    /** Messages that a visitor may write in a minute, a sixth of them at once; in an hour ten times as many. */
    visitor_messages_per_minute: v.optional(wholeNumber(6, 1_000_000, 'messages'), 60),
    /** Days for which a conversation that no agent ever took is kept after its end; 0: for ever. */
    keep_untaken_days: v.optional(wholeNumber(0, 3_650, 'days'), 30),
    /** Commands that all agents of one conversation may give in a minute, a sixth of them at once. */
    agent_commands_per_minute: v.optional(wholeNumber(60, 1_000_000, 'commands'), 1_200),
  }),

  /** What a day may bring at most. A day begins at midnight in UTC. */
  ceilings: v.optional(
    v.strictObject({
      /** Conversations that enter one department. Beyond, it is as if it were full. */
      conversations_per_day: v.optional(wholeNumber(1, 1_000_000, 'conversations'), 20_000),
      /** Offline messages of all departments. Beyond, they are refused. */
      offline_messages_per_day: v.optional(wholeNumber(1, 100_000, 'messages'), 1000),
    }),
    {},
  ),

  /** Whether visitors show by Cloudflare's Turnstile that they are human, before anything of theirs reaches a department. */
  turnstile: v.optional(
    v.strictObject({
      /** `when-busy`: only while so much comes in that agents can't keep up. docs/operations.md says when that is. */
      mode: v.optional(choice(['off', 'when-busy', 'always']), 'off'),
      /** Of your Turnstile widget. Its secret key is the secret TURNSTILE_SECRET_KEY. */
      site_key: v.optional(siteKey),
    }),
    {},
  ),

  /** How agents' accounts are protected. */
  security: v.optional(
    v.strictObject({
      /** Roles that must have a second factor. Who has none sets it up before anything else. */
      two_factor_for: v.optional(
        v.array(setting(`one of ${ROLES.join(', ')}`, v.picklist(ROLES)), 'a list of roles'),
        [],
      ),
      /** Days for which the audit log is kept. */
      audit_days: v.optional(wholeNumber(1, 3_650, 'days'), 365),
    }),
    {},
  ),

  contacts: v.optional(
    v.strictObject({
      /** Of the phone numbers that agents write without one. */
      phone_country_code: v.optional(
        setting('a country code such as "+49"', v.pipe(v.string(), v.regex(/^\+[1-9]\d{0,2}$/))),
      ),
    }),
    {},
  ),

  presence: v.strictObject({
    /** How long an agent counts as online after they close their last tab. */
    grace_seconds: wholeNumber(0, 3600, 'seconds'),
    /** Why an agent may say that they are away; colleagues read it. */
    away_reasons: v.optional(
      v.pipe(
        v.array(name, 'a list of texts'),
        uniqueBy((reason: string) => reason, 'reasons that differ'),
      ),
      [],
    ),
    /** After so many minutes without a key or a touch in any tab an agent becomes away; 0: never. */
    away_after_idle_minutes: v.optional(wholeNumber(0, 1_440, 'minutes'), 0),
  }),

  widget: v.strictObject({
    /** Sites that may embed the widget, as origins; "*" for any. Parley's own origin always may. */
    allowed_origins: v.array(origin, 'a list of origins'),
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
/** As they are written, before defaults are filled in. */
export type SettingsSource = v.InferInput<typeof settingsSchema>;
/** How a department behaves. */
export type Policy = Pick<Settings, keyof typeof POLICIES>;
