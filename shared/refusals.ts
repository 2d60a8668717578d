// Everything the desk can say no to: one closed list of code → HTTP status. What a person
// reads of it is in refusal-sentences.ts, which no browser needs to load.

import * as v from 'valibot';

const STATUSES = {
  // The domain says no.
  'conversation.unknown': 404,
  'conversation.exists': 409,
  'conversation.closed': 409,
  'conversation.taken': 409,
  'conversation.not-taken': 409,
  'conversation.not-yours': 403,
  'conversation.on-hold': 409,
  'conversation.not-on-hold': 409,
  'conversation.not-invited': 409,
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
  'department.unknown': 404,
  'department.not-yours': 403,
  'department.disabled': 409,
  'department.offline': 409,
  'agent.away': 409,
  'agent.full': 409,
  'agent.unknown': 404,
  'agent.offline': 409,
  'colleague.away': 409,
  'colleague.full': 409,
  'permission.missing': 403,
  'message.stale': 409,
  'message.too-long': 413,

  // The edge says no: malformed, unauthenticated, or not at this address.
  'frame.malformed': 400,
  'frame.too-large': 413,
  'frame.too-early': 400,
  'protocol.unsupported': 426,
  'body.malformed': 400,
  'body.too-large': 413,
  'route.unknown': 404,
  'origin.refused': 403,
  'session.missing': 401,
  'session.wrong': 401,
  'session.locked': 429,
  'visitor.missing': 401,
  'file.not-an-image': 415,
  'left-message.unknown': 404,
  'undelivered.unknown': 404,
  'file.unknown': 404,

  // A defect: the log, found by this id, knows more.
  defect: 500,
} as const satisfies Record<string, number>;

export type RefusalCode = keyof typeof STATUSES;

/** A refusal is a value: it travels on the wire as it is. `details` fill the sentence's blanks. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly details: Readonly<Record<string, string | number>>;
}

// The cast is safe: Object.keys of a const object yields exactly its keys.
export const REFUSAL_CODES = Object.keys(STATUSES) as RefusalCode[];

const isDetail = (found: unknown) => typeof found === 'string' || typeof found === 'number';

export const refusalSchema = v.object({
  /** A page may be older than the desk, so it takes codes that its own list does not have. */
  code: v.custom<RefusalCode>((code) => typeof code === 'string'),
  // By hand: the widget would carry what makes records and unions for nothing else.
  details: v.custom<Refusal['details']>(
    (found) => typeof found === 'object' && found !== null && Object.values(found).every(isDetail),
  ),
});

export function refusal(code: RefusalCode, details: Refusal['details'] = {}): Refusal {
  return { code, details };
}

/** The HTTP status that a refusal answers with. */
export function statusOf(code: RefusalCode): (typeof STATUSES)[RefusalCode] {
  return STATUSES[code];
}

export type Refused = { ok: false; refusal: Refusal };
export type Outcome<T> = { ok: true; value: T } | Refused;

export const accept = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });

export const refuse = (code: RefusalCode, details: Refusal['details'] = {}): Refused => ({
  ok: false,
  refusal: refusal(code, details),
});
