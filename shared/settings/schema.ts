// The desk's configuration: `[vars.settings]` of wrangler.toml, every setting documented where it is
// declared. A wrong key or value names the key, what was found and what is allowed.

import * as v from 'valibot';
import { departmentIdSchema, slugSchema } from '#shared/ids.ts';
import { PERMISSIONS, type Role } from '#shared/permissions.ts';

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

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

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}

function isSafeEndpoint(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && hostname === '127.0.0.1');
}

/** "HH:MM" sorts as text. */
function endsLater(span: string): boolean {
  const [from = '', to = ''] = span.split('-');
  return from < to;
}

const flag = setting('true or false', v.boolean());

const closingText = setting(
  'a text of 500 characters at most',
  v.pipe(v.string(), v.trim(), v.maxLength(500)),
);

const SECONDS_MOST = 30 * 24 * 3600;
const seconds = (from: number) => wholeNumber(from, SECONDS_MOST, 'seconds');

const department = setting('lower-case letters, digits and dashes, 40 at most', departmentIdSchema);

const choice = <const O extends readonly [string, ...string[]]>(options: O) =>
  setting(`one of ${options.join(', ')}`, v.picklist(options));

const uniqueBy = <T>(key: (item: T) => string, what: string) =>
  v.check<T[], string>((items) => new Set(items.map(key)).size === items.length, what);

const routing = {
  /**
   * Who gets a conversation that waits. `manual`: whoever takes it. `load-balancing`: the agent with the
   * fewest, then the one whose last assignment is longest ago. `load-rotation`: the latter alone.
   * `external`: the endpoint says; when it can't, `load-balancing`.
   */
  method: choice(['manual', 'load-balancing', 'load-rotation', 'external']),
  /** Prefer the agent who served the contact last, when he is available. */
  last_agent_first: flag,
  /** Asked by `external`: POST, signed with the secret ROUTING_SECRET. See docs/spec/routing.md. */
  external_url: setting(
    'an https address, or http on this machine',
    v.pipe(v.string(), v.check(isSafeEndpoint)),
  ),
  external_timeout_seconds: wholeNumber(1, 30, 'seconds'),
};

const hours = {
  /** As in the IANA database: "Europe/Berlin". */
  time_zone: setting('an IANA time zone', v.pipe(v.string(), v.check(isTimeZone))),
  /** From each day's name to its spans, such as ["09:00-12:30", "13:30-18:00"]. A day left out is closed. */
  week: v.partial(
    v.strictObject(
      v.entriesFromList(
        WEEKDAYS,
        v.array(
          setting(
            'a span such as "09:00-17:30"',
            v.pipe(
              v.string(),
              v.regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/),
              v.check(endsLater),
            ),
          ),
          'a list of spans',
        ),
      ),
    ),
  ),
  /** Days on which nobody works. */
  holidays: v.array(
    setting('a day such as "2026-12-25"', v.pipe(v.string(), v.isoDate())),
    'a list of days',
  ),
};

const unattended = {
  /**
   * What a visitor meets when a department and its fallbacks are closed, or nobody there is available.
   * `wait`: his conversation waits in the queue. `form`: he may leave a message.
   */
  action: choice(['wait', 'form']),
};

const hold = {
  /** Whether agents may place conversations on hold. */
  allowed: flag,
  /** A held conversation ends by itself after this; 0: never. */
  close_after_seconds: seconds(0),
  /** What the visitor then reads; empty: nothing. */
  close_message: closingText,
};

const ending = {
  /** Whether whoever ends a conversation must write a comment. */
  comment_required: flag,
  /** Whether it must have a tag. */
  tags_required: flag,
};

const queue = {
  /** A conversation that has waited this long ends; 0: never. */
  wait_at_most_seconds: seconds(0),
  /** What the visitor then reads. */
  close_message: closingText,
};

const silence = {
  /**
   * Counted from the first message of the agents that the visitor has not answered; anew for whoever gets
   * the conversation, and when it is resumed.
   */
  after_seconds: seconds(1),
  action: choice(['none', 'hold', 'close']),
  close_message: closingText,
};

const unanswered = {
  /**
   * An agent who has not written this long after he got a conversation, or after the visitor wrote in it,
   * loses it, once; 0: never.
   */
  after_seconds: seconds(0),
};

const gone = {
  /** What becomes of an agent's conversations once he counts as offline. */
  action: choice(['keep', 'requeue', 'forward', 'close']),
  /** The department that `forward` leads to. */
  forward_to: department,
  close_message: closingText,
};

/** What the workspace decides for every department, and a department for itself. */
const POLICIES = {
  routing,
  hours,
  unattended,
  hold,
  ending,
  queue,
  silence,
  unanswered,
  gone,
};

const overriding = <E extends v.ObjectEntries>(entries: E) =>
  v.optional(v.partial(v.strictObject(entries)));

const departmentSchema = v.strictObject({
  /** Its name in addresses and in `data-department`; never change it once in use. */
  id: department,
  /** Its name for people. */
  name,
  /** Out of use: nothing new reaches it, what it has is worked off. */
  enabled: v.optional(flag, true),
  /** Who stands in when this one is disabled, closed or unattended. */
  fallback: v.optional(department),
  /** Conversations of this department that one agent may serve at a time. */
  chats_per_agent: v.optional(wholeNumber(1, 1000, 'conversations')),
  routing: overriding(POLICIES.routing),
  hours: overriding(POLICIES.hours),
  unattended: overriding(POLICIES.unattended),
  hold: overriding(POLICIES.hold),
  ending: overriding(POLICIES.ending),
  queue: overriding(POLICIES.queue),
  silence: overriding(POLICIES.silence),
  unanswered: overriding(POLICIES.unanswered),
  gone: overriding(POLICIES.gone),
});

const named = v.strictObject({
  id: setting('lower-case letters, digits and dashes, 40 at most', slugSchema),
  name,
});

export const settingsSchema = v.strictObject({
  workspace: v.strictObject({
    /** The desk's name, shown to visitors and agents. */
    name,
  }),

  /** At least one. The first is where a widget without `data-department` leads. */
  departments: v.pipe(
    v.array(departmentSchema, 'a list of tables with id and name'),
    v.minLength(1, 'at least one department'),
    uniqueBy(({ id }) => id, 'departments whose ids differ'),
  ),

  routing: v.strictObject({
    method: routing.method,
    last_agent_first: v.optional(routing.last_agent_first, false),
    external_url: v.optional(routing.external_url),
    external_timeout_seconds: v.optional(routing.external_timeout_seconds, 3),
  }),

  /** When departments are open; without it: always. */
  hours: v.optional(
    v.strictObject({
      time_zone: hours.time_zone,
      week: hours.week,
      holidays: v.optional(hours.holidays, []),
    }),
  ),

  unattended: v.optional(v.strictObject({ action: unattended.action }), { action: 'wait' }),

  hold: v.optional(
    v.strictObject({
      allowed: hold.allowed,
      close_after_seconds: v.optional(hold.close_after_seconds, 0),
      close_message: v.optional(hold.close_message, ''),
    }),
    { allowed: false },
  ),

  ending: v.optional(
    v.strictObject({
      comment_required: v.optional(ending.comment_required, false),
      tags_required: v.optional(ending.tags_required, false),
    }),
    {},
  ),

  queue: v.optional(
    v.strictObject({
      wait_at_most_seconds: v.optional(queue.wait_at_most_seconds, 0),
      close_message: v.optional(queue.close_message, ''),
    }),
    {},
  ),

  silence: v.optional(
    v.strictObject({
      after_seconds: v.optional(silence.after_seconds, 3600),
      action: v.optional(silence.action, 'none'),
      close_message: v.optional(silence.close_message, ''),
    }),
    {},
  ),

  unanswered: v.optional(
    v.strictObject({ after_seconds: v.optional(unanswered.after_seconds, 0) }),
    {},
  ),

  gone: v.optional(
    v.strictObject({
      action: v.optional(gone.action, 'keep'),
      forward_to: v.optional(gone.forward_to),
      close_message: v.optional(gone.close_message, ''),
    }),
    {},
  ),

  /** How urgent a conversation may be, the most urgent first. */
  priorities: v.optional(
    v.pipe(
      v.array(named, 'a list of tables with id and name'),
      v.minLength(1, 'at least one priority'),
      uniqueBy(({ id }) => id, 'priorities whose ids differ'),
    ),
    [{ id: 'normal', name: 'Normal' }],
  ),
  /** What a conversation has until somebody sets another. */
  default_priority: v.optional(v.string(), 'normal'),

  /** Promises of when somebody answers, counted from the conversation's opening. */
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

  limits: v.strictObject({
    /** Conversations that one agent may serve at a time, held ones not counted. */
    chats_per_agent: wholeNumber(1, 1000, 'conversations'),
    /** Whether a conversation that an agent was invited to counts as one of his. */
    invited_count: v.optional(flag, false),
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
/** As they are written, before defaults are filled in. */
export type SettingsSource = v.InferInput<typeof settingsSchema>;
export type Hours = NonNullable<Settings['hours']>;
export type Policy = Pick<Settings, keyof typeof POLICIES>;
