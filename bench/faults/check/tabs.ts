// Judges what each tab was told against the log: exactly its part of it, in order, at every step.

import { FOR_AGENTS, type LogEvent } from './protocol.ts';
import type { Audience, ConversationHistory, TabRecord } from '../history.ts';
import { commandLine, logLines, tabLines } from './evidence.ts';
import { mayRead, statusesAlong, type Members, type Status } from './status.ts';
import type { Promised, Violation } from './violation.ts';

type Found = Omit<Violation, 'conversationId'>;

const mayHear = (audience: Audience, { type }: LogEvent): boolean =>
  audience === 'agents' || !FOR_AGENTS.includes(type);

/** To the visitor a held conversation is served. */
const statusFor = (audience: Audience, { is }: Status): string =>
  audience === 'everyone' && is === 'held' ? 'serving' : is;

const seqs = (events: readonly { readonly seq: number }[]): string =>
  events.map(({ seq }) => seq).join(' ');

const isSame = (one: LogEvent | undefined, other: LogEvent | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

export function judgeTabs(
  history: ConversationHistory,
  log: readonly LogEvent[],
  members: Members,
): Found[] {
  const statuses = statusesAlong(log, members);
  return history.tabs.flatMap((tab) => {
    const mayReadAt = statuses.map(
      (status) => tab.person === 'visitor' || mayRead(status, tab.person, members),
    );
    return [
      ...leaked(tab),
      ...overheard(tab, log, mayReadAt),
      ...told(tab, log, statuses),
      ...standing(tab, history, log, statuses),
      ...refusedEntry(tab, mayReadAt),
    ];
  });
}

/**
 * An agent who is neither of its department nor takes part hears nothing. What one command leads to is heard
 * whole by all who could read before it.
 */
function overheard(
  tab: TabRecord,
  log: readonly LogEvent[],
  mayReadAt: readonly boolean[],
): Found[] {
  const events = tab.steps.flatMap((step) => (step.kind === 'events' ? step.events : []));
  const foundBy = positionsBefore(log);
  const forbidden = events.filter(
    ({ seq }) => !mayReadAt[foundBy[seq - 1] ?? seq - 1] && !mayReadAt[seq],
  );
  if (forbidden.length === 0) return [];
  return [
    {
      promise: 'audience',
      what: `${tab.name} heard what is of another department`,
      history: logLines(forbidden.slice(0, 3)),
    },
  ];
}

/** For each event: how many events stood before its command. */
function positionsBefore(log: readonly LogEvent[]): number[] {
  let position = 0;
  return log.map(({ id }, index) => {
    if (log[index - 1]?.id !== id) position = index;
    return position;
  });
}

function leaked(tab: TabRecord): Found[] {
  const heard = tab.steps.flatMap((step) => (step.kind === 'begin' ? [] : step.events));
  const forbidden = heard.filter((event) => !mayHear(tab.audience, event));
  if (forbidden.length === 0 && tab.leaks.length === 0) return [];
  return [
    {
      promise: 'audience',
      what: 'what is for agents reached a visitor’s socket',
      history: [
        ...logLines(forbidden),
        ...tab.leaks.slice(0, 1).map((raw) => `  ${raw.slice(0, 300)}`),
      ],
    },
  ];
}

/** Every frame holds exactly what follows the last one, as far as this audience may hear. */
function told(tab: TabRecord, log: readonly LogEvent[], statuses: readonly Status[]): Found[] {
  let known = 0;
  const lines = tabLines(tab);
  for (const [index, step] of tab.steps.entries()) {
    if (step.kind === 'begin') {
      known = step.since ?? 0;
      continue;
    }
    const upTo = step.kind === 'welcome' ? step.seq : step.upTo;
    const wrong = (promise: Promised, what: string): Found[] => [
      { promise, what, history: [...lines.slice(Math.max(0, index - 2), index + 1)] },
    ];
    if (upTo > log.length) return wrong('stored', 'a tab was told of more than the log has');
    const isPage = step.kind === 'welcome' && step.reset;
    const from = isPage ? (step.events[0]?.seq ?? upTo + 1) - 1 : known;
    const expected = log.filter(
      (event) => event.seq > from && event.seq <= upTo && mayHear(tab.audience, event),
    );
    const fresh = step.events.filter(({ seq }) => seq > from);
    if (seqs(fresh) !== seqs(expected)) return wrong('order', `expected [${seqs(expected)}]`);
    if (fresh.some((event, at) => !isSame(event, expected[at]))) {
      return wrong('invented', 'an event was told differently from what is stored');
    }
    const status = statuses[upTo];
    if (
      step.kind === 'welcome' &&
      status &&
      step.state.status !== statusFor(tab.audience, status)
    ) {
      return wrong('lifecycle', 'a welcome’s state is not that of its log');
    }
    known = isPage ? upTo : Math.max(known, upTo);
  }
  return [];
}

/** What Parley does by itself it does also when everybody has left, or is about to. */
const isTooLate = ({ by, at, seq }: LogEvent, { leftAt, seq: known }: TabRecord): boolean =>
  by.kind === 'system' && seq > known && leftAt !== null && at > leftAt - LEAVING_MS;
/** As long as a busy machine may need to tell of an event. */
const LEAVING_MS = 10_000;

/** Who stayed shows all of it, and so every message that someone was told is sent. */
function standing(
  tab: TabRecord,
  { commands }: ConversationHistory,
  log: readonly LogEvent[],
  statuses: readonly Status[],
): Found[] {
  if (tab.leftEarly || tab.turnedAway !== null) return [];
  const first = tab.thread[0]?.seq ?? 1;
  const expected = log.filter(
    (event) => event.seq >= first && mayHear(tab.audience, event) && !isTooLate(event, tab),
  );
  const status = statuses[tab.seq];
  if (seqs(tab.thread) === seqs(expected)) {
    return status && tab.status !== statusFor(tab.audience, status) ? [wrongStatus(tab)] : [];
  }
  const missing = expected.filter(({ seq }) => !tab.thread.some((event) => event.seq === seq));
  const causes = commands.filter(({ id }) => missing.some((event) => event.id === id));
  return [
    {
      promise: 'standing',
      what: `${tab.name} ends with [${seqs(tab.thread)}] of [${seqs(expected)}]`,
      history: [...causes.slice(0, 3).map(commandLine), ...tabLines(tab).slice(-3)],
    },
  ];
}

const wrongStatus = (tab: TabRecord): Found => ({
  promise: 'standing',
  what: `${tab.name} shows “${tab.status}”, which is not what its log has come to`,
  history: tabLines(tab).slice(-3),
});

const FORBIDDEN = 4403;

function refusedEntry(tab: TabRecord, mayReadAt: readonly boolean[]): Found[] {
  // Someone who could read it once may have lost it meanwhile.
  const isRightly = tab.turnedAway === FORBIDDEN && mayReadAt.slice(1).includes(false);
  const isTurned = tab.turnedAway !== null && !isRightly;
  const turned = isTurned ? [`${tab.name} was closed with ${String(tab.turnedAway)}`] : [];
  const stuck = tab.gaveUp ? [`${tab.name} waited in vain`] : [];
  return [...turned, ...stuck].map((what) => ({
    promise: 'answered',
    what,
    history: tabLines(tab).slice(-4),
  }));
}
