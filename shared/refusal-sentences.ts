// Every refusal in English, for whoever has no catalogue.

import type { Refusal, RefusalCode } from './refusals.ts';

const SENTENCES = {
  // The domain says no.
  'conversation.unknown': 'This conversation does not exist, or it is not yours to see.',
  'conversation.exists': 'This conversation has already been opened.',
  'conversation.closed': 'This conversation has ended. Write again to start a new one.',
  'conversation.taken': '{agent} has already taken this conversation.',
  'conversation.not-taken': 'Take this conversation before you reply.',
  'conversation.not-yours': '{agent} is serving this conversation; only they can do this.',
  'conversation.on-hold': 'This conversation is on hold. Resume it first.',
  'conversation.not-on-hold': 'This conversation is not on hold.',
  'conversation.not-invited': 'Only somebody who was invited can leave.',
  'routing.automatic': 'Conversations are assigned by themselves here. Forward it instead.',
  'forward.same-agent': '{agent} serves this conversation already. Choose somebody else.',
  'forward.same-department': 'It is in this department already. Choose another.',
  'hold.disabled': 'Putting on hold is switched off here. Ask an admin for hold.allowed.',
  'hold.visitor-waits': 'The visitor wrote last. Answer, then place it on hold.',
  'ending.comment-required': 'Write a comment for your colleagues to end it.',
  'ending.tags-required': 'Choose at least one tag to end it.',
  'tag.unknown': 'There is no tag “{tag}”. Choose from the list.',
  'priority.unknown': 'There is no priority “{priority}”. Choose from the list.',
  'sla.unknown': 'There is no SLA policy “{sla}”. Choose from the list.',
  'department.unknown': 'There is no department “{department}”. Check data-department.',
  'department.not-yours': 'You are not a member of this department.',
  'department.disabled': '{department} is out of use. Choose another department.',
  'department.offline': 'Nobody is here now. Leave us a message and we will answer.',
  'agent.away': 'You are away. Set yourself available, then take the conversation.',
  'agent.full': 'You have no free place here: your limit is {limit}. End one first.',
  'agent.unknown': 'There is no such agent, or they have never signed in.',
  'agent.offline': '{agent} is offline. Choose somebody else.',
  'colleague.away': '{agent} is away. Choose somebody else.',
  'colleague.full': '{agent} has no free place: the limit is {limit}. Choose somebody else.',
  'permission.missing': 'Your role does not allow this. Ask an admin for “{permission}”.',
  'message.stale': '{agent} has replied since you wrote this. Read that, then send or discard.',
  'message.too-long': 'A message can have {limit} characters at most; this one has {found}.',

  // The edge says no: malformed, unauthenticated, or not at this address.
  'frame.malformed': 'The frame could not be read: {problem}.',
  'frame.too-large': 'A frame can have {limit} bytes at most.',
  'frame.too-early': 'Say hello first: a hello frame opens every socket.',
  'protocol.unsupported': 'This page is out of date. Reload it to go on.',
  'body.malformed': 'The request could not be read: {problem}.',
  'body.too-large': 'This is too large: {limit} at most.',
  'route.unknown': 'There is nothing at this address.',
  'origin.refused': 'Requests from {origin} are not allowed. See allowed_origins.',
  'session.missing': 'Sign in to go on.',
  'session.wrong': 'E-mail and password do not match. Check both and try again.',
  'session.locked':
    'Too many wrong passwords. Wait {minutes} minutes, or ask an admin for a new password.',
  'visitor.missing': 'This visitor is not known. Reload the page to start again.',
  'file.not-an-image': 'Choose a PNG, JPEG or WebP picture.',
  'left-message.unknown': 'There is no such message, or it is not yours to see.',
  'undelivered.unknown': 'There is no such entry; it may have been requeued already.',
  'file.unknown': 'There is no such file.',

  // A defect: the log, found by this id, knows more.
  defect: 'Something went wrong on our side. Try again; if it stays, report {request}.',
} as const satisfies Record<RefusalCode, string>;

/** The English sentence for a person, blanks filled. */
export function sentenceOf({ code, details }: Refusal): string {
  return SENTENCES[code].replace(/\{(\w+)\}/g, (_blank, name: string) =>
    String(details[name] ?? name),
  );
}
