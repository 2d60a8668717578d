// Some conversations of a real run, small enough to be committed: what the checker is tested with.

import { readFile, writeFile } from 'node:fs/promises';
import { statusOf, type Members } from './check/status.ts';
import type { LogEvent, Slot } from './check/protocol.ts';
import type { ServerAtRest } from './check/at-rest.ts';
import type { CommandRecord, ConversationHistory, Step, TabRecord } from './history.ts';

/** A history with its log. */
export interface Recorded {
  readonly history: ConversationHistory;
  readonly log: LogEvent[];
}

export interface Recording {
  readonly members: Members;
  readonly conversations: readonly Recorded[];
}

/** Steps and threads as they are stored: an event is named by its `seq`, for its log has the rest. */
type StoredStep =
  | readonly ['begin', since: number | null]
  | readonly ['events', upTo: number, seqs: readonly number[]]
  | readonly [
      'welcome',
      since: number | null,
      reset: boolean,
      seq: number,
      status: string,
      seqs: readonly number[],
    ];

const seqsOf = (events: readonly { readonly seq: number }[]) => events.map(({ seq }) => seq);

function storedStep(step: Step): StoredStep {
  switch (step.kind) {
    case 'begin':
      return ['begin', step.since];
    case 'events':
      return ['events', step.upTo, seqsOf(step.events)];
    case 'welcome': {
      const { since, reset, seq, state, events } = step;
      return ['welcome', since, reset, seq, state.status, seqsOf(events)];
    }
  }
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** What people write begins with who and when. */
const SAID = /"[^"]+ at \d+: /g;

/** Every id becomes a short one, wherever it stands, and every text is only its id. */
function shortened(json: string): string {
  const short = new Map<string, string>();
  return json.replace(SAID, '"').replace(UUID, (id) => {
    const known = short.get(id) ?? `#${short.size}`;
    short.set(id, known);
    return known;
  });
}

/** One line for the members, and one for each conversation. */
export async function store(file: string, { members, conversations }: Recording): Promise<void> {
  const lines = conversations.map(({ history, log }) => {
    const tabs = history.tabs.map((tab) => ({
      ...tab,
      steps: tab.steps.map(storedStep),
      thread: seqsOf(tab.thread),
    }));
    return { log, history: { ...history, tabs } };
  });
  const all = [[...members], ...lines].map((line) => JSON.stringify(line)).join('\n');
  await writeFile(file, `${shortened(all)}\n`);
}

interface StoredConversation {
  readonly log: LogEvent[];
  readonly history: Omit<ConversationHistory, 'tabs' | 'commands'> & {
    readonly commands: CommandRecord[];
    readonly tabs: (Omit<TabRecord, 'steps' | 'thread'> & {
      readonly steps: StoredStep[];
      readonly thread: number[];
    })[];
  };
}

/** A copy of its own for each test. */
export async function load(file: URL): Promise<Recording> {
  const [members = '[]', ...lines] = (await readFile(file, 'utf8')).trimEnd().split('\n');
  const conversations = lines.map((line) => {
    const { log, history } = JSON.parse(line) as StoredConversation; // As `store` wrote it.
    const events = (seqs: readonly number[]) => seqs.flatMap((seq) => log[seq - 1] ?? []);
    const tabs = history.tabs.map(({ steps, thread, ...tab }) => ({
      ...tab,
      steps: steps.map((step) => stepOf(step, events)),
      thread: events(thread),
    }));
    return { log, history: { ...history, tabs } };
  });
  return { members: new Map(JSON.parse(members) as [string, string[]][]), conversations };
}

function stepOf(stored: StoredStep, events: (seqs: readonly number[]) => LogEvent[]): Step {
  switch (stored[0]) {
    case 'begin':
      return { kind: 'begin', since: stored[1] };
    case 'events':
      return { kind: 'events', upTo: stored[1], events: events(stored[2]) };
    case 'welcome': {
      const [, since, reset, seq, status, seqs] = stored;
      const state = { status: status as 'queued' };
      return { kind: 'welcome', since, reset, seq, state, events: events(seqs) };
    }
  }
}

/** The server as it is at rest when it agrees with these logs. */
export function serverOf({ members, conversations }: Recording): ServerAtRest {
  const queues = new Map<string, string[]>();
  const slots = new Map<string, Slot[]>([...members.keys()].map((agentId) => [agentId, []]));
  const index = conversations.map(({ history: { id: conversationId }, log }) => {
    const status = statusOf(log, members);
    if (status.is === 'queued') {
      const others = queues.get(status.departmentId) ?? [];
      queues.set(status.departmentId, [...others, conversationId]);
    }
    if (status.is === 'serving' || status.is === 'held') {
      const as = status.is === 'held' ? 'on-hold' : 'serving';
      slots.get(status.agentId)?.push({ conversationId, as });
      for (const helper of status.helpers) {
        slots.get(helper)?.push({ conversationId, as: 'helping' });
      }
    }
    return { id: conversationId, seq: log.length, status: status.is };
  });
  return { queues, slots, index };
}

/** As few short conversations as show everything that any of these show. */
export function chosenFrom(all: readonly Recorded[]): Recorded[] {
  const featuresOf = ({ log, history }: Recorded) => [
    ...log.map(({ type, by }) => `${type} by ${by.kind}`),
    ...history.tabs.flatMap(({ steps }) =>
      steps.map((step) => storedStep(step).slice(0, 1).join()),
    ),
    ...history.tabs.flatMap(({ steps }) =>
      steps.flatMap((step) => (step.kind === 'welcome' && !step.reset ? ['resumed'] : [])),
    ),
    `${history.tabs.filter(({ person }) => person === 'visitor').length} tabs`,
  ];
  const missing = new Set(all.flatMap(featuresOf));
  const chosen: Recorded[] = [];
  const gain = (one: Recorded) =>
    new Set(featuresOf(one).filter((feature) => missing.has(feature))).size /
    JSON.stringify(one).length;
  while (missing.size > 0) {
    const best = all.reduce((one, other) => (gain(other) > gain(one) ? other : one));
    for (const feature of featuresOf(best)) missing.delete(feature);
    chosen.push(best);
  }
  return chosen;
}
