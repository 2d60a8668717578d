// Everything the desk can say no to: one closed list of code → HTTP status → sentence for a person.

import * as v from 'valibot';

const REFUSALS = {
  // The domain says no.
  'conversation.unknown': [404, 'This conversation does not exist, or it is not yours to see.'],
  'conversation.exists': [409, 'This conversation has already been opened.'],
  'conversation.closed': [409, 'This conversation has ended. Write again to start a new one.'],
  'conversation.taken': [409, '{agent} has already taken this conversation.'],
  'conversation.not-taken': [409, 'Take this conversation before you reply.'],
  'conversation.not-yours': [403, '{agent} is serving this conversation; only they can do this.'],
  'conversation.on-hold': [409, 'This conversation is on hold. Resume it first.'],
  'conversation.not-on-hold': [409, 'This conversation is not on hold.'],
  'conversation.not-invited': [409, 'Only somebody who was invited can leave.'],
  'routing.automatic': [409, 'Conversations are assigned by themselves here. Forward it instead.'],
  'forward.same-agent': [409, '{agent} serves this conversation already. Choose somebody else.'],
  'forward.same-department': [409, 'It is in this department already. Choose another.'],
  'hold.disabled': [403, 'Putting on hold is switched off here. Ask an admin for hold.allowed.'],
  'hold.visitor-waits': [409, 'The visitor wrote last. Answer, then place it on hold.'],
  'ending.comment-required': [422, 'Write a comment for your colleagues to end it.'],
  'ending.tags-required': [422, 'Choose at least one tag to end it.'],
  'tag.unknown': [422, 'There is no tag “{tag}”. Choose from the list.'],
  'priority.unknown': [422, 'There is no priority “{priority}”. Choose from the list.'],
  'sla.unknown': [422, 'There is no SLA policy “{sla}”. Choose from the list.'],
  'department.unknown': [404, 'There is no department “{department}”. Check data-department.'],
  'department.not-yours': [403, 'You are not a member of this department.'],
  'department.disabled': [409, '{department} is out of use. Choose another department.'],
  'department.unattended': [409, 'Nobody is here now. Leave us a message and we will answer.'],
  'agent.away': [409, 'You are away. Set yourself available, then take the conversation.'],
  'agent.full': [409, 'You already hold {limit} conversations, your limit. End one first.'],
  'agent.unknown': [404, 'There is no such agent, or they have never signed in.'],
  'agent.offline': [409, '{agent} is offline. Choose somebody else.'],
  'colleague.away': [409, '{agent} is away. Choose somebody else.'],
  'colleague.full': [409, '{agent} already has {limit} conversations. Choose somebody else.'],
  'permission.missing': [403, 'Your role does not allow this. Ask an admin for “{permission}”.'],
  'message.stale': [
    409,
    '{agent} has replied since you wrote this. Read that, then send or discard.',
  ],
  'message.too-long': [413, 'A message can have {limit} characters at most; this one has {found}.'],

  // The edge says no: malformed, unauthenticated, or not at this address.
  'frame.malformed': [400, 'The frame could not be read: {problem}.'],
  'frame.too-large': [413, 'A frame can have {limit} bytes at most.'],
  'frame.too-early': [400, 'Say hello first: a hello frame opens every socket.'],
  'protocol.unsupported': [426, 'This page is out of date. Reload it to go on.'],
  'body.malformed': [400, 'The request could not be read: {problem}.'],
  'body.too-large': [413, 'This is too large: {limit} at most.'],
  'route.unknown': [404, 'There is nothing at this address.'],
  'origin.refused': [403, 'Requests from {origin} are not allowed. See allowed_origins.'],
  'session.missing': [401, 'Sign in to go on.'],
  'session.wrong': [401, 'E-mail and password do not match. Check both and try again.'],
  'session.locked': [
    429,
    'Too many wrong passwords. Wait {minutes} minutes, or ask an admin for a new password.',
  ],
  'visitor.missing': [401, 'This visitor is not known. Reload the page to start again.'],
  'file.not-an-image': [415, 'Choose a PNG, JPEG or WebP picture.'],
  'left-message.unknown': [404, 'There is no such message, or it is not yours to see.'],
  'undelivered.unknown': [404, 'There is no such entry; it may have been requeued already.'],
  'file.unknown': [404, 'There is no such file.'],

  // A defect: the log, found by this id, knows more.
  defect: [500, 'Something went wrong on our side. Try again; if it stays, report {request}.'],
} as const satisfies Record<string, readonly [status: number, sentence: string]>;

export type RefusalCode = keyof typeof REFUSALS;

/** A refusal is a value: it travels on the wire as it is. `details` fill the sentence's blanks. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly details: Readonly<Record<string, string | number>>;
}

// The cast is safe: Object.keys of a const object yields exactly its keys.
export const REFUSAL_CODES = Object.keys(REFUSALS) as RefusalCode[];

export const refusalSchema = v.object({
  code: v.picklist(REFUSAL_CODES),
  details: v.record(v.string(), v.union([v.string(), v.number()])),
});

export function refusal(code: RefusalCode, details: Refusal['details'] = {}): Refusal {
  return { code, details };
}

/** The HTTP status that a refusal answers with. */
export function statusOf(code: RefusalCode): (typeof REFUSALS)[RefusalCode][0] {
  return REFUSALS[code][0];
}

/** The English sentence for a person, blanks filled. */
export function sentenceOf({ code, details }: Refusal): string {
  return REFUSALS[code][1].replace(/\{(\w+)\}/g, (_blank, name: string) =>
    String(details[name] ?? name),
  );
}

export type Outcome<T> = { ok: true; value: T } | { ok: false; refusal: Refusal };

export const accept = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });

export const refuse = (
  code: RefusalCode,
  details: Refusal['details'] = {},
): { ok: false; refusal: Refusal } => ({ ok: false, refusal: refusal(code, details) });
