// Judges a log by itself: gapless, every step possible, one place at a time, nothing that nobody asked for.

import type { Command, LogEvent } from '../client/protocol.ts';
import type { CommandRecord, ConversationHistory, Person } from '../history.ts';
import { commandLine, eventLine, logLines } from './evidence.ts';
import type { Promised, Violation } from './violation.ts';

type Found = Omit<Violation, 'conversationId'>;
const found = (promise: Promised, what: string, history: readonly string[]): Found => ({
  promise,
  what,
  history,
});

const authorOf = ({ by }: LogEvent): Person => (by.kind === 'agent' ? by.id : 'visitor');

export function judgeLog(history: ConversationHistory, log: readonly LogEvent[]): Found[] {
  return [
    ...gaps(log),
    ...steps(log),
    ...log.flatMap((event) => invented(event, history)),
    ...doubled(log),
    ...history.commands.flatMap((command) => unkept(command, log)),
    ...overtaken(history, log),
  ];
}

function gaps(log: readonly LogEvent[]): Found[] {
  const at = log.findIndex(({ seq }, index) => seq !== index + 1);
  if (at < 0) return [];
  return [
    found(
      'order',
      'the log has a gap or a repeated seq',
      logLines(log.slice(Math.max(0, at - 1), at + 1)),
    ),
  ];
}

export type Place =
  | { readonly is: 'new' | 'queued' | 'closed' }
  | { readonly is: 'serving'; readonly agentId: string };

/** Where a conversation is after an event; null when that event was not possible. */
export function placeAfter(place: Place, event: LogEvent): Place | null {
  const author = authorOf(event);
  const isServing = place.is === 'serving' && place.agentId === author;
  switch (event.type) {
    case 'conversation.opened':
      return place.is === 'new' && author === 'visitor' ? { is: 'queued' } : null;
    case 'conversation.taken':
      return place.is === 'queued' && event.agent?.id === author
        ? { is: 'serving', agentId: author }
        : null;
    case 'message.sent':
      if (place.is === 'new' || place.is === 'closed') return null;
      return author === 'visitor' || isServing ? place : null;
    case 'conversation.ended':
      if (place.is === 'new' || place.is === 'closed') return null;
      return author === 'visitor' || isServing ? { is: 'closed' } : null;
    case 'comment.added':
      return place.is === 'closed' && author !== 'visitor' ? place : null;
    default:
      return place;
  }
}

export const placeOf = (log: readonly LogEvent[]): Place =>
  log.reduce<Place>((place, event) => placeAfter(place, event) ?? place, { is: 'new' });

function steps(log: readonly LogEvent[]): Found[] {
  let place: Place = { is: 'new' };
  for (const event of log) {
    const next = placeAfter(place, event);
    if (!next) {
      const what = `${event.type} at ${event.seq} is not possible while the conversation is ${place.is}`;
      const turns = log.filter(({ type, seq }) => type !== 'message.sent' || seq === event.seq);
      return [found('lifecycle', what, logLines(turns))];
    }
    place = next;
  }
  return [];
}

/** The events that a command may lead to. */
const LEADS_TO: Record<Command['type'], readonly string[]> = {
  'conversation.open': ['conversation.opened', 'message.sent'],
  'message.send': ['message.sent'],
  'conversation.take': ['conversation.taken'],
  'conversation.end': ['conversation.ended', 'comment.added'],
};

function invented(event: LogEvent, { commands }: ConversationHistory): Found[] {
  const cause = commands.find(({ id }) => id === event.id);
  if (!cause) return [found('invented', 'nobody gave the command of an event', [eventLine(event)])];
  const { command, by } = cause;
  const text =
    'text' in command ? command.text : 'comment' in command ? command.comment : undefined;
  const isAsGiven =
    by === authorOf(event) &&
    LEADS_TO[command.type].includes(event.type) &&
    (event.text === undefined || event.text === text);
  if (isAsGiven) return [];
  return [
    found('invented', 'an event is not what was asked for', [commandLine(cause), eventLine(event)]),
  ];
}

function doubled(log: readonly LogEvent[]): Found[] {
  const seen = new Map<string, LogEvent>();
  return log.flatMap((event) => {
    const key = `${event.id} ${event.type}`;
    const first = seen.get(key);
    seen.set(key, first ?? event);
    if (!first) return [];
    return [found('stored', 'a command is stored twice', [eventLine(first), eventLine(event)])];
  });
}

/** Whoever hears this of a command that is stored was judged twice: nothing is stored after it. */
const TOO_LATE: readonly string[] = ['conversation.closed', 'conversation.exists'];

/** What the answers to a command promise, and the log does not hold. */
function unkept(record: CommandRecord, log: readonly LogEvent[]): Found[] {
  const events = log.filter(({ id }) => id === record.id);
  const last = events.at(-1)?.seq;
  const lines = [commandLine(record), ...logLines(events)];
  // Taking what one already serves is accepted, and leaves nothing.
  if (events.length === 0 && (record.accepted.length === 0 || isIdleTake(record, log))) return [];
  if (events.length === 0)
    return [found('stored', 'an acknowledged command is not in the log', lines)];
  const wrong = record.accepted.filter((seq) => seq !== last);
  if (wrong.length > 0) return [found('stored', 'an acknowledgement names another seq', lines)];
  if (record.refused.some((code) => TOO_LATE.includes(code))) {
    return [found('stored', 'a retry did not get its first answer', lines)];
  }
  // A second copy may have been judged differently; one alone may not.
  if (record.refused.length > 0 && record.sent === 1) {
    return [found('stored', 'a refused command has left a trace', lines)];
  }
  return [];
}

function isIdleTake({ command, by }: CommandRecord, log: readonly LogEvent[]): boolean {
  return (
    command.type === 'conversation.take' &&
    log.some((event) => event.type === 'conversation.taken' && authorOf(event) === by)
  );
}

/** A person with one tab is heard in the order in which he spoke. */
function overtaken({ commands, tabs }: ConversationHistory, log: readonly LogEvent[]): Found[] {
  const single = tabs.filter(
    ({ person }) => tabs.filter((tab) => tab.person === person).length === 1,
  );
  const seqOf = new Map(log.map(({ id, seq }) => [id, seq]));
  return single.flatMap(({ name }) => {
    const stored = commands.filter(({ tab, id }) => tab === name && seqOf.has(id));
    const at = stored.findIndex(
      ({ id }, index) =>
        index > 0 && (seqOf.get(id) ?? 0) < (seqOf.get(stored[index - 1]?.id ?? '') ?? 0),
    );
    if (at < 0) return [];
    return [
      found(
        'order',
        'one tab’s messages changed places',
        stored.slice(at - 1, at + 1).map(commandLine),
      ),
    ];
  });
}
