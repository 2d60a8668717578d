// Judges what each tab was told against the log: exactly its part of it, in order, at every step.

import type { LogEvent } from '../client/protocol.ts';
import type { Audience, ConversationHistory, TabRecord } from '../history.ts';
import { commandLine, logLines, tabLines } from './evidence.ts';
import { placeOf } from './log.ts';
import type { Promised, Violation } from './violation.ts';

type Found = Omit<Violation, 'conversationId'>;

/** By docs/protocol.md: everything but comments is for everyone. */
const mayHear = (audience: Audience, { type }: LogEvent): boolean =>
  audience === 'agents' || type !== 'comment.added';

const seqs = (events: readonly LogEvent[]): string => events.map(({ seq }) => seq).join(' ');

const isSame = (one: LogEvent | undefined, other: LogEvent | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

export function judgeTabs(history: ConversationHistory, log: readonly LogEvent[]): Found[] {
  return history.tabs.flatMap((tab) => [
    ...leaked(tab),
    ...told(tab, log),
    ...standing(tab, history, log),
    ...refusedAtTheDoor(tab),
  ]);
}

function leaked(tab: TabRecord): Found[] {
  const heard = tab.steps.flatMap((step) => (step.kind === 'reload' ? [] : step.events));
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
function told(tab: TabRecord, log: readonly LogEvent[]): Found[] {
  let known = 0;
  const lines = tabLines(tab);
  for (const [index, step] of tab.steps.entries()) {
    if (step.kind === 'reload') {
      known = 0;
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
    if (step.kind === 'welcome' && step.state.status !== placeOf(log.slice(0, upTo)).is) {
      return wrong('lifecycle', 'a welcome’s state is not that of its log');
    }
    known = isPage ? upTo : Math.max(known, upTo);
  }
  return [];
}

/** Whoever stayed has all of it, and so every message that somebody was told is sent. */
function standing(
  tab: TabRecord,
  { commands }: ConversationHistory,
  log: readonly LogEvent[],
): Found[] {
  if (tab.leftEarly) return [];
  const first = tab.thread[0]?.seq ?? 1;
  const expected = log.filter((event) => event.seq >= first && mayHear(tab.audience, event));
  if (seqs(tab.thread) === seqs(expected)) return [];
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

function refusedAtTheDoor(tab: TabRecord): Found[] {
  const turned = tab.turnedAway === null ? [] : [`${tab.name} was closed with ${tab.turnedAway}`];
  const stuck = tab.gaveUp ? [`${tab.name} waited in vain`] : [];
  return [...turned, ...stuck].map((what) => ({
    promise: 'answered',
    what,
    history: tabLines(tab).slice(-4),
  }));
}
