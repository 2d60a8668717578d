// Everything that Parley can say no to: one closed list of code → HTTP status, and what fills the blanks of each
// sentence. The sentences are in messages/; messages/refusal-text.ts finds them.

import * as v from 'valibot';

const STATUSES = {
  // The domain says no.
  'conversation.unknown': 404,
  'conversation.exists': 409,
  'conversation.closed': 409,
  'conversation.not-closed': 409,
  'conversation.taken': 409,
  'conversation.not-taken': 409,
  'conversation.not-yours': 403,
  'conversation.on-hold': 409,
  'conversation.not-on-hold': 409,
  'conversation.not-invited': 409,
  'conversation.full': 409,
  'routing.automatic': 409,
  'forward.same-agent': 409,
  'forward.same-department': 409,
  'hold.disabled': 403,
  'hold.visitor-waits': 409,
  'ending.comment-required': 422,
  'ending.tags-required': 422,
  'tag.unknown': 422,
  'priority.unknown': 422,
  'sla.unknown': 422,
  'field.unknown': 422,
  'field.required': 422,
  'field.wrong-text': 422,
  'field.not-a-number': 422,
  'field.not-a-choice': 422,
  'field.not-a-date': 422,
  'department.unknown': 404,
  'department.not-yours': 403,
  'department.disabled': 409,
  'department.offline': 409,
  'department.full': 409,
  'department.accepting': 409,
  'visitor.busy': 409,
  'agent.away': 409,
  'agent.full': 409,
  'agent.unknown': 404,
  'agent.offline': 409,
  'colleague.away': 409,
  'colleague.full': 409,
  'permission.missing': 403,
  'contact.unknown': 404,
  'contact.changed': 409,
  'merge.final': 409,
  'contact.blocked': 409,
  'contact.in-conversation': 409,
  'phone.unclear': 422,
  'channel.not-writable': 409,
  'visitor.blocked': 423,
  'message.stale': 409,
  'message.too-long': 413,
  'message.unknown': 404,
  'message.not-yours': 403,
  'message.too-late': 409,
  'drafts.full': 409,
  'direct-chat.one-way': 409,
  'canned-response.unknown': 404,
  'canned-response.exists': 409,
  'canned-response.changed': 409,
  'canned-response.not-yours': 403,
  'canned-response.full': 409,
  'search.pattern-wrong': 422,
  'search.pattern-too-large': 422,

  // The edge says no: malformed, unauthenticated, or not at this address.
  'frame.malformed': 400,
  'frame.too-large': 413,
  'frame.too-early': 400,
  'protocol.unsupported': 426,
  'body.malformed': 400,
  'body.too-large': 413,
  'route.unknown': 404,
  'origin.refused': 403,
  'transport.insecure': 403,
  'session.missing': 401,
  'session.wrong': 401,
  'session.locked': 429,
  'session.unconfirmed': 403,
  'session.unknown': 404,
  'second-factor.missing': 403,
  'second-factor.wrong': 401,
  'second-factor.used': 401,
  'second-factor.locked': 429,
  'second-factor.expired': 401,
  'second-factor.off': 409,
  'second-factor.on': 409,
  'second-factor.required': 409,
  'password.wrong': 401,
  'password-reset.unknown': 404,
  'passkey.refused': 401,
  'passkey.unknown': 404,
  'passkey.full': 409,
  'visitor.missing': 401,
  'visitor.unchecked': 428,
  'check.failed': 403,
  'check.expired': 403,
  'file.not-an-image': 415,
  'saved-view.full': 409,
  'offline-message.unknown': 404,
  'offline-message.full': 429,
  'push.unknown-service': 422,
  'push.unknown-device': 404,
  'undelivered.unknown': 404,
  'projection.unknown': 404,
  'file.unknown': 404,
  'rate.limited': 429,

  // A defect: the log, found by this id, knows more.
  defect: 500,
} as const satisfies Record<string, number>;

export type RefusalCode = keyof typeof STATUSES;

/** The codes whose sentence has blanks, and what fills them. All others have no details. */
export interface RefusalDetails {
  'conversation.taken': { agent: string };
  'conversation.not-yours': { agent: string };
  'forward.same-agent': { agent: string };
  'tag.unknown': { tag: string };
  'priority.unknown': { priority: string };
  'sla.unknown': { sla: string };
  'field.unknown': { field: string };
  'field.required': { field: string };
  'field.wrong-text': { field: string };
  'field.not-a-number': { field: string };
  'field.not-a-choice': { field: string };
  'field.not-a-date': { field: string };
  'department.unknown': { department: string };
  'department.disabled': { department: string };
  'department.full': { department: string };
  'department.accepting': { department: string };
  'visitor.busy': { limit: number };
  'agent.away': { agent: string };
  'agent.full': { agent: string; limit: number };
  'agent.offline': { agent: string };
  'colleague.away': { agent: string };
  'colleague.full': { agent: string; limit?: number };
  'permission.missing': { permission: string };
  'contact.blocked': { contact: string };
  'contact.in-conversation': { contact: string };
  'phone.unclear': { phone: string };
  'channel.not-writable': { channel: string };
  'message.stale': { agent: string };
  'message.too-long': { limit: number; found: number };
  'canned-response.exists': { shortcut: string; other: string };
  'canned-response.full': { limit: number };
  'frame.malformed': { problem: string };
  'frame.too-large': { limit: number };
  'body.malformed': { problem: string };
  'body.too-large': { limit: string };
  /** Counted from 1. */
  'search.pattern-wrong': { at: number; part: string };
  'origin.refused': { origin: string };
  'projection.unknown': { projection: string };
  'session.locked': { minutes: number };
  'second-factor.locked': { minutes: number };
  'rate.limited': { seconds: number };
  defect: { request: string };
}

export type DetailsOf<C extends RefusalCode> = Readonly<
  C extends keyof RefusalDetails ? RefusalDetails[C] : Record<never, never>
>;

/** A refusal is a value: it travels on the wire as it is. */
export type Refusal = {
  [C in RefusalCode]: { readonly code: C; readonly details: DetailsOf<C> };
}[RefusalCode];

type Blanks<C extends RefusalCode> = C extends keyof RefusalDetails
  ? [details: DetailsOf<C>]
  : [details?: undefined];

/** A code, and its details if it has any. */
export type RefusalArguments = {
  [C in RefusalCode]: [code: C, ...details: Blanks<C>];
}[RefusalCode];

// The cast is safe: Object.keys of a const object yields exactly its keys.
export const REFUSAL_CODES = Object.keys(STATUSES) as RefusalCode[];

const isDetail = (found: unknown) => typeof found === 'string' || typeof found === 'number';

const isObject = (found: unknown): found is object => typeof found === 'object' && found !== null;

/** A page may be older than the server, so it takes codes that its own list does not have. */
// By hand: nothing else in the widget needs records and unions of Valibot.
export const refusalSchema = v.custom<Refusal>(
  (found) =>
    isObject(found) &&
    'code' in found &&
    typeof found.code === 'string' &&
    'details' in found &&
    isObject(found.details) &&
    Object.values(found.details).every(isDetail),
);

export function refusal<C extends RefusalCode>(code: C, ...[details]: Blanks<C>): Refusal {
  // The parameters pair a code with its own details.
  return { code, details: details ?? {} } as Refusal;
}

/** The HTTP status that a refusal answers with. */
export function statusOf(code: RefusalCode): (typeof STATUSES)[RefusalCode] {
  return STATUSES[code];
}

export type Refused = { ok: false; refusal: Refusal };
export type Outcome<T> = { ok: true; value: T } | Refused;

export const accept = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });

export const refuse = <C extends RefusalCode>(code: C, ...details: Blanks<C>): Refused => ({
  ok: false,
  refusal: refusal(code, ...details),
});
