// Judges a log by itself: gapless, every step possible, nothing that nobody asked for.

import type { Command, LogEvent } from './protocol.ts';
import type { CommandRecord, ConversationHistory } from '../history.ts';
import { commandLine, eventLine, logLines, tabLines } from './evidence.ts';
import { authorOf, statusAfter, statusOf, statusesAlong, type Members } from './status.ts';
import type { Promised, Violation } from './violation.ts';

type Found = Omit<Violation, 'conversationId'>;
const found = (promise: Promised, what: string, history: readonly string[]): Found => ({
  promise,
  what,
  history,
});

export function judgeLog(
  history: ConversationHistory,
  log: readonly LogEvent[],
  members: Members,
): Found[] {
  return [
    ...gaps(log),
    ...steps(log, members),
    ...leftOnHold(log, members),
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

function steps(log: readonly LogEvent[], members: Members): Found[] {
  let status = statusOf([], members);
  for (const event of log) {
    const next = statusAfter(status, event, members);
    if (!next) {
      const what = `${event.type} at ${event.seq} is not possible while the conversation is ${status.is}`;
      const lifecycle = log.filter(({ type, seq }) => type !== 'message.sent' || seq === event.seq);
      return [found('lifecycle', what, logLines(lifecycle))];
    }
    status = next;
  }
  return [];
}

/** A visitor who writes while on hold is served again, or waits for someone: by the same command. */
function leftOnHold(log: readonly LogEvent[], members: Members): Found[] {
  const statuses = statusesAlong(log, members);
  const left = log.find(
    ({ type, by, id }, at) =>
      type === 'message.sent' &&
      by.kind === 'visitor' &&
      statuses[at]?.is === 'held' &&
      !(log[at + 1]?.id === id && statuses[at + 2]?.is !== 'held'),
  );
  if (!left) return [];
  return [found('lifecycle', 'a visitor wrote and was left on hold', logLines([left]))];
}

/** The events that a command may lead to. */
export const LEADS_TO: Record<Command['type'], readonly string[]> = {
  'conversation.open': ['conversation.opened', 'message.sent'],
  'message.send': ['message.sent', 'conversation.resumed', 'conversation.requeued'],
  'conversation.take': ['conversation.taken'],
  'conversation.requeue': ['conversation.requeued'],
  'conversation.forward': ['comment.added', 'conversation.forwarded'],
  'conversation.hold': ['conversation.held'],
  'conversation.resume': ['conversation.resumed'],
  'conversation.leave': ['agent.left'],
  'conversation.end': ['conversation.ended', 'comment.added'],
  'agent.invite': ['agent.joined'],
  'details.set': ['details.changed'],
  'note.add': ['note.added'],
};

/** What Parley does by itself. */
const BY_ITSELF: readonly string[] = [
  'conversation.taken',
  'conversation.held',
  'conversation.requeued',
  'conversation.ended',
  'conversation.continued',
];

function invented(event: LogEvent, { commands }: ConversationHistory): Found[] {
  if (event.by.kind === 'system' && BY_ITSELF.includes(event.type)) return [];
  const cause = commands.find(({ id }) => id === event.id);
  if (!cause) return [found('invented', 'nobody gave the command of an event', [eventLine(event)])];
  const { command, by } = cause;
  const text =
    'body' in command ? command.body.text : 'comment' in command ? command.comment : undefined;
  const said = event.body?.text ?? event.text;
  const isAsGiven =
    by === authorOf(event) &&
    LEADS_TO[command.type].includes(event.type) &&
    (said === undefined || said === text) &&
    (event.topic === undefined || ('topic' in command && event.topic === command.topic)) &&
    isForWhomMeant(event, command);
  if (isAsGiven) return [];
  return [
    found('invented', 'an event is not what was asked for', [commandLine(cause), eventLine(event)]),
  ];
}

function isForWhomMeant({ agent, departmentId }: LogEvent, command: Command): boolean {
  if (command.type === 'agent.invite') return agent?.id === command.agentId;
  if (command.type !== 'conversation.forward' || departmentId === undefined) return true;
  const { to } = command;
  return to.kind === 'agent'
    ? agent?.id === to.agentId
    : !agent && departmentId === to.departmentId;
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

/** Refusals of a command that is stored, which only a second judgement gives: nothing is stored after it. */
const TOO_LATE: readonly string[] = ['conversation.closed', 'conversation.exists'];

/** What the answers to a command promise, and the log does not hold. */
function unkept(record: CommandRecord, log: readonly LogEvent[]): Found[] {
  const events = log.filter(({ id }) => id === record.id);
  const last = events.at(-1)?.seq;
  const lines = [commandLine(record), ...logLines(events)];
  if (events.length === 0 && (record.accepted.length === 0 || isIdle(record, log))) return [];
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

/** Taking what one already serves, and inviting someone who is there, are accepted and leave nothing. */
function isIdle({ command, by }: CommandRecord, log: readonly LogEvent[]): boolean {
  const isThere = (person: string) => log.some(({ agent }) => agent?.id === person);
  if (command.type === 'agent.invite') return isThere(command.agentId);
  return command.type === 'conversation.take' && isThere(by);
}

const SPOKEN: readonly string[] = ['conversation.open', 'message.send'];

/** A person with one tab is heard in the order in which they wrote. */
function overtaken({ commands, tabs }: ConversationHistory, log: readonly LogEvent[]): Found[] {
  const single = tabs.filter(
    ({ person }) => tabs.filter((tab) => tab.person === person).length === 1,
  );
  const seqOf = new Map(log.map(({ id, seq }) => [id, seq]));
  return single.flatMap(({ name }) => {
    const stored = commands.filter(
      ({ tab, id, command }) => tab === name && seqOf.has(id) && SPOKEN.includes(command.type),
    );
    const at = stored.findIndex(
      ({ id }, index) =>
        index > 0 && (seqOf.get(id) ?? 0) < (seqOf.get(stored[index - 1]?.id ?? '') ?? 0),
    );
    if (at < 0) return [];
    return [
      found('order', 'one tab’s messages changed places', [
        ...stored.slice(at - 1, at + 1).map(commandLine),
        ...tabs.filter((tab) => tab.name === name).flatMap((tab) => tabLines(tab).slice(0, 12)),
      ]),
    ];
  });
}
