// Bodies of the HTTP routes, requests and answers.

import * as v from 'valibot';
import { accountPreferencesBody } from './account/preferences.ts';
import { shortcutsBody } from './account/shortcuts.ts';
import { agentStateSchema } from './agent.ts';
import { conversationSnapshotSchema } from './conversation/snapshot.ts';
import { conversationSummarySchema } from './conversation/summary.ts';
import { AVAILABILITIES, departmentStateSchema } from './department.ts';
import {
  agentIdSchema,
  conversationIdSchema,
  departmentIdSchema,
  offlineMessageIdSchema,
  visitorIdSchema,
} from './ids.ts';
import { PERMISSIONS, ROLES } from './permissions.ts';
import { refusalSchema } from './refusals.ts';
import { rulesSchema } from './settings/rules.ts';
import { lineSchema, notBlank, textSchema } from './text-schema.ts';

/** Every answer that is not a success: 4xx for a refusal, 500 for a defect. */
export const refusedBody = v.object({ refusal: refusalSchema, sentence: v.string() });

export const departmentRef = v.object({ id: departmentIdSchema, name: v.string() });
export type DepartmentRef = v.InferOutput<typeof departmentRef>;

/** `POST /api/session` */
export const signInBody = v.strictObject({
  email: v.pipe(v.string(), v.trim(), v.toLowerCase(), v.email('an e-mail address')),
  password: v.pipe(v.string(), v.minLength(1, 'a password'), v.maxLength(200)),
});

/** `POST /api/visitors` answers with an identity, which the client keeps. */
export const visitorBody = v.object({ visitorId: visitorIdSchema, token: v.string() });
export type VisitorIdentity = v.InferOutput<typeof visitorBody>;

/** The longest token that Turnstile gives. */
const TURNSTILE_CHARACTERS = 2_048;

/** `POST /api/checks` answers with an identity whose token says that the visitor is human. */
export const checkBody = v.strictObject({
  /** What Turnstile gave to the browser; empty: its script could not be loaded. */
  turnstile: v.pipe(v.string(), v.maxLength(TURNSTILE_CHARACTERS)),
});

/** `GET /api/widget?department=…`: what the panel shows before anything is written. */
export const widgetBody = v.object({
  workspace: v.object({ name: v.string() }),
  department: departmentRef,
  /** Whether an agent of the department, or of one that stands in for it, is online and available now. */
  online: v.boolean(),
  /** Whether what is written now opens a conversation; if not, a message may be left. */
  accepting: v.boolean(),
  /** Epoch milliseconds: when the department opens; null when it is open, or no opening is in sight. */
  opensAt: v.nullable(v.number()),
  messageCharacters: v.number(),
});
export type WidgetConfig = v.InferOutput<typeof widgetBody>;

/**
 * Where an answer can go: the widget asks for it by the same, and needs no schema for that. Without what cannot be
 * seen, which could show another address than the answer goes to.
 */
export const EMAIL = /^[^\s\p{C}@]+@[^\s\p{C}@.]+(\.[^\s\p{C}@.]+)+$/u;
export const NAME_CHARACTERS = 100;
export const EMAIL_CHARACTERS = 254;

/** `POST /api/offline-messages`: what a visitor leaves while no agent is there. */
export const newOfflineMessageBody = v.strictObject({
  id: offlineMessageIdSchema,
  departmentId: departmentIdSchema,
  name: v.pipe(lineSchema, notBlank('a name'), v.maxLength(NAME_CHARACTERS)),
  email: v.pipe(lineSchema, v.regex(EMAIL, 'an e-mail address'), v.maxLength(EMAIL_CHARACTERS)),
  /** Its greatest length is a setting, as a message's is. */
  text: v.pipe(textSchema, v.trim(), notBlank('a text')),
});
export type NewOfflineMessage = v.InferOutput<typeof newOfflineMessageBody>;

export const meBody = v.object({
  agentId: agentIdSchema,
  name: v.string(),
  email: v.string(),
  username: v.string(),
  role: v.picklist(ROLES),
  permissions: v.array(v.picklist(PERMISSIONS)),
  /** Where they are a member. */
  departments: v.array(departmentIdSchema),
  /** As many conversations as they may serve at a time; null: as many as the workspace says. */
  maxConversations: v.nullable(v.number()),
});
export type Me = v.InferOutput<typeof meBody>;

/** `GET /api/colleagues`: to whom a conversation may be forwarded, and who may be invited. */
export const colleaguesBody = v.object({
  agents: v.array(
    v.object({
      agentId: agentIdSchema,
      name: v.string(),
      username: v.string(),
      departments: v.array(departmentIdSchema),
      availability: v.picklist([...AVAILABILITIES, 'offline']),
      /** Whether they have as many conversations as they may. */
      isFull: v.boolean(),
    }),
  ),
  departments: v.array(
    v.object({
      ...departmentRef.entries,
      enabled: v.boolean(),
      online: v.boolean(),
    }),
  ),
});
export type Colleagues = v.InferOutput<typeof colleaguesBody>;

/** As many ended conversations as the workspace shows. */
export const CLOSED_IN_SIGHT = 20;

const offlineMessageCount = v.object({ departmentId: departmentIdSchema, open: v.number() });
export type OfflineMessageCount = v.InferOutput<typeof offlineMessageCount>;

/** `GET /api/workspace`: everything the workspace's first view is rendered from. */
export const workspaceBody = v.object({
  me: meBody,
  /** What the agent has chosen for all of their devices. */
  preferences: accountPreferencesBody,
  shortcuts: shortcutsBody,
  settings: v.object({
    /** The workspace's. */
    name: v.string(),
    /** As many conversations as the agent may serve at a time. */
    maxConversations: v.number(),
    ...rulesSchema.entries,
  }),
  agent: agentStateSchema,
  /** The departments whose queues the agent may see; who sees all also has those that are gone and have not come to rest. */
  departments: v.array(departmentStateSchema),
  /** Departments that the settings no longer have, for who sees all. */
  former: v.array(departmentRef),
  /** Those that the agent has a slot for, in the order of `agent.slots`. */
  conversations: v.array(conversationSnapshotSchema),
  /** Those that ended last, of those that the agent may see: {@link CLOSED_IN_SIGHT} at most, newest first. */
  closed: v.array(conversationSummarySchema),
  /** How many offline messages are open, of each department that has any and whose messages the agent may see. */
  offlineMessages: v.array(offlineMessageCount),
});
export type Workspace = v.InferOutput<typeof workspaceBody>;

export const offlineMessageBody = v.object({
  id: offlineMessageIdSchema,
  departmentId: departmentIdSchema,
  name: v.string(),
  email: v.string(),
  text: v.string(),
  sentAt: v.number(),
  /** The name of the agent who finished it; null: it is open. */
  doneBy: v.nullable(v.string()),
  doneAt: v.nullable(v.number()),
});
export type OfflineMessage = v.InferOutput<typeof offlineMessageBody>;

/** `GET /api/offline-messages?after=…`: open ones first, the oldest of them first, then those done, newest first. */
export const offlineMessagesBody = v.object({
  messages: v.array(offlineMessageBody),
  /** What `after` is for the next page; null: there is none. */
  next: v.nullable(v.string()),
});
export type OfflineMessages = v.InferOutput<typeof offlineMessagesBody>;

/** `GET /api/undelivered`: what the actors' outboxes have given up. */
export const undeliveredBody = v.object({
  id: v.string(),
  actor: v.picklist(['conversation', 'agent', 'direct-chat']),
  actorId: v.string(),
  /** As JSON, for an operator to read. */
  effects: v.string(),
  problem: v.string(),
  givenUpAt: v.number(),
});
export type Undelivered = v.InferOutput<typeof undeliveredBody>;

/** A conversation, and whose it is; null: an earlier release did not store that. */
const conversationKeySchema = v.strictObject({
  visitorId: v.nullable(visitorIdSchema),
  conversationId: conversationIdSchema,
});

/** `POST /api/rebuild`: derives a page of a department's conversations again from their logs. */
export const rebuildBody = v.strictObject({
  /** What is derived, by name; null: everything. */
  projection: v.nullable(v.string()),
  departmentId: departmentIdSchema,
  /** The `next` of the page before; null for the first. */
  after: v.nullable(conversationKeySchema),
});
export const rebuildAnswer = v.object({
  rebuilt: v.number(),
  /** Null when there are no more. */
  next: v.nullable(conversationKeySchema),
});
export type RebuildAnswer = v.InferOutput<typeof rebuildAnswer>;

/** `POST /api/queue/end`: ends a page of what waits in a department, whether or not the settings have it. */
export const endQueueBody = v.strictObject({
  departmentId: departmentIdSchema,
  /** Only this visitor's; null: anybody's. */
  visitorId: v.nullable(visitorIdSchema),
  /** Epoch milliseconds: only what opened before; null: whenever. */
  openedBefore: v.nullable(v.number()),
  /** The `next` of the page before; null for the first. */
  after: v.nullable(conversationKeySchema),
});
export const endQueueAnswer = v.object({
  ended: v.number(),
  /** Null when there are no more. */
  next: v.nullable(conversationKeySchema),
});
export type EndQueueAnswer = v.InferOutput<typeof endQueueAnswer>;
