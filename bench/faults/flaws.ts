// What a server or a client could get wrong, planted into recorded conversations: one thing at a time.

import type { LogEvent, Slot } from './check/protocol.ts';
import type { Promised } from './check/violation.ts';
import { newTab, type CommandRecord, type Step, type TabRecord } from './history.ts';
import type { Recorded, Recording } from './recording.ts';

/** The recorded conversations and what the server shows of them, free to be changed. */
export interface Planted extends Recording {
  readonly queues: Map<string, string[]>;
  readonly slots: Map<string, Slot[]>;
  readonly limit: number;
}

type Plant = (into: Planted) => void;
type Telling = Extract<Step, { kind: 'events' | 'welcome' }>;
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function first<T>(all: Iterable<T>, matches: (one: T) => boolean): T {
  for (const one of all) if (matches(one)) return one;
  throw new Error('nothing recorded shows this: record other conversations');
}

const has =
  (...types: readonly string[]) =>
  ({ log }: Recorded) =>
    types.every((type) => log.some((event) => event.type === type));

/** The conversation that shows these events, and the first of them in it. */
function eventIn(into: Planted, type: string, matches: (event: LogEvent) => boolean = () => true) {
  const isOne = (event: LogEvent) => event.type === type && matches(event);
  const conversation = first(into.conversations, ({ log }) => log.some(isOne));
  const event: Mutable<LogEvent> = first(conversation.log, isOne);
  return { ...conversation, event };
}

/** Puts an event into the log alone, behind another one. */
function insert({ log }: Recorded, at: number, event: Partial<LogEvent>): void {
  const like = log[at - 1];
  if (!like) throw new Error('the log is shorter than that');
  log.splice(at, 0, { ...like, id: 'planted', ...event });
  for (const [index, one] of log.entries()) (one as Mutable<LogEvent>).seq = index + 1;
}

const isTelling = (step: Step): step is Telling => step.kind !== 'begin' && step.events.length > 0;

function telling({ tabs }: { tabs: readonly TabRecord[] }, matches: (step: Telling) => boolean) {
  const all = tabs.flatMap(({ steps }) => steps.filter(isTelling));
  return first(all, matches).events as LogEvent[]; // Free to be changed here.
}

const acknowledged = (into: Planted): CommandRecord =>
  first(
    into.conversations.flatMap(({ history }) => history.commands),
    ({ command, heard }) => command.type === 'message.send' && heard,
  );

/** A visitor's tab hears an event that is none of its business. */
const leak =
  (type: string): Plant =>
  (into) => {
    const { history, event } = eventIn(into, type);
    const visitor = first(history.tabs, ({ audience }) => audience === 'everyone');
    visitor.steps.push({ kind: 'events', upTo: event.seq, events: [event] });
  };

export const FLAWS: Readonly<Record<string, readonly [Promised, Plant]>> = {
  'acknowledges what it never stores': [
    'stored',
    (into) => {
      const isMessage = ({ command }: CommandRecord) => command.type === 'message.send';
      const { history } = first(into.conversations, (one) => one.history.commands.some(isMessage));
      const record = first(history.commands, isMessage);
      history.commands.push({ ...record, id: 'never stored', accepted: [2] });
    },
  ],
  'stores a retry again': [
    'stored',
    (into) => {
      const { event, ...conversation } = eventIn(into, 'message.sent');
      insert(conversation, event.seq, event);
    },
  ],
  'answers a retry with another seq': [
    'stored',
    (into) => void acknowledged(into).accepted.push(999),
  ],
  'resumes one too late': [
    'order',
    (into) => {
      const conversations = into.conversations.map(({ history }) => history);
      const isResumed = (step: Telling) => step.kind === 'welcome' && !step.reset;
      const tabs = conversations.flatMap((history) => history.tabs);
      telling({ tabs }, isResumed).shift();
    },
  ],
  'swaps two events for one of the tabs': [
    'order',
    (into) => {
      const tabs = into.conversations.flatMap(({ history }) => history.tabs);
      telling({ tabs }, ({ events }) => events.length > 1).reverse();
    },
  ],
  'leaves a gap in the log': [
    'order',
    (into) => {
      const { log, event } = eventIn(into, 'message.sent');
      for (const one of log.slice(event.seq - 1)) (one as Mutable<LogEvent>).seq++;
    },
  ],
  'changes what was written': [
    'invented',
    (into) =>
      void Object.assign(eventIn(into, 'message.sent').event, { body: { text: 'Something else' } }),
  ],
  'writes what nobody has written': [
    'invented',
    (into) => {
      const { event, ...conversation } = eventIn(into, 'message.sent');
      insert(conversation, event.seq, { body: { text: 'Hello' } });
    },
  ],
  'tells visitors what is for agents': ['audience', leak('comment.added')],
  'tells visitors that they are on hold': ['audience', leak('conversation.held')],
  'lets a stranger listen on': [
    'audience',
    (into) => {
      const { history, event } = eventIn(into, 'conversation.taken');
      const stranger = newTab('stranger', 'nobody');
      stranger.steps.push({ kind: 'events', upTo: event.seq, events: [event] });
      stranger.leftEarly = true;
      history.tabs.push(stranger);
    },
  ],
  'lets a second agent take': [
    'lifecycle',
    (into) => {
      const { event, ...conversation } = eventIn(into, 'conversation.taken');
      insert(conversation, event.seq, event);
    },
  ],
  'lets an agent write on who has forwarded it': [
    'lifecycle',
    (into) => {
      const { event, ...conversation } = eventIn(into, 'conversation.forwarded');
      insert(conversation, event.seq, { type: 'message.sent', by: event.by });
    },
  ],
  'assigns outside the department': [
    'lifecycle',
    (into) => {
      const { event } = eventIn(into, 'conversation.taken', ({ by }) => by.kind === 'system');
      event.agent = { id: 'nobody', name: '' };
    },
  ],
  'leaves a visitor on hold': [
    'lifecycle',
    (into) => {
      const { log, event } = eventIn(
        into,
        'conversation.resumed',
        ({ by }) => by.kind === 'visitor',
      );
      log.splice(event.seq - 1);
    },
  ],
  'fills an agent over the limit': [
    'capacity',
    (into) => {
      const one = first(into.conversations, has('conversation.taken'));
      for (let copy = 0; copy <= into.limit; copy++) {
        const { history, log } = structuredClone(one);
        const id = `copy ${copy}`;
        (into.conversations as Recorded[]).push({ log, history: { ...history, id, tabs: [] } });
      }
    },
  ],
  'does not tell one tab the end': [
    'standing',
    (into) => {
      const { history } = eventIn(into, 'conversation.ended');
      const tab = first(history.tabs, ({ leftEarly }) => !leftEarly);
      tab.thread = tab.thread.slice(0, -1);
    },
  ],
  'shows a conversation as open that has ended': [
    'standing',
    (into) => {
      const { history } = eventIn(into, 'conversation.ended');
      first(history.tabs, ({ leftEarly }) => !leftEarly).status = 'serving';
    },
  ],
  'forgets a conversation that waits': [
    'server',
    (into) => void first(into.queues.values(), ({ length }) => length > 0).pop(),
  ],
  'keeps the slot of what was forwarded': [
    'server',
    (into) => {
      const { history, event } = eventIn(into, 'conversation.forwarded');
      const former = event.by.kind === 'agent' ? event.by.id : '';
      into.slots.get(former)?.push({ conversationId: history.id, as: 'serving' });
    },
  ],
  'never answers a command': [
    'answered',
    (into) => {
      const record = acknowledged(into);
      record.accepted.length = 0;
      record.heard = false;
    },
  ],
  'turns away who may read': [
    'answered',
    (into) => {
      const { history } = first(into.conversations, has('message.sent'));
      first(history.tabs, ({ person }) => person === 'visitor').turnedAway = 4403;
    },
  ],
};
