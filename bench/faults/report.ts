// What a run prints: a table, a verdict, and for each broken promise the shortest history that shows it.

import { PROMISES, type Promised, type Violation } from './check/violation.ts';
import { FAULT_NAMES, FAULTS } from './faults.ts';
import type { Outcome } from './run.ts';

type Row = readonly [what: string, count: number];

function sections({ tally, judge, reconnects, faults, options }: Outcome) {
  const operations: Row[] = [
    ['messages acknowledged', tally.messages],
    ['conversations', judge.conversations],
    ['taken by an agent', tally.acked('conversation.take')],
    ['assigned', judge.byItself('conversation.taken')],
    ['forwarded', tally.acked('conversation.forward')],
    ['placed on hold', tally.acked('conversation.hold')],
    ['requeued by an agent', tally.acked('conversation.requeue')],
    ['requeued because the agent was gone', judge.byItself('conversation.requeued', 'agent-gone')],
    [
      'requeued because the agent did not answer',
      judge.byItself('conversation.requeued', 'unanswered'),
    ],
    ['colleagues invited', tally.acked('agent.invite')],
    ['details set', tally.acked('details.set')],
    ['ends', tally.ends],
    ['commands sent more than once', tally.resent],
    ['commands refused', tally.refused],
    ['reconnects', reconnects],
  ];
  const injected: Row[] = FAULT_NAMES.filter((name) => options.faults.has(name)).map((name) => [
    FAULTS[name],
    faults[name],
  ]);
  const promises: Row[] = (Object.keys(PROMISES) as Promised[]).map((promise) => [
    PROMISES[promise],
    judge.violations.filter((violation) => violation.promise === promise).length,
  ]);
  return [
    ['operations', operations],
    ['faults injected', injected],
    ['violations', promises],
  ] as const;
}

export function table(outcome: Outcome): string {
  return sections(outcome)
    .map(([title, rows]) =>
      [title, ...rows.map(([what, count]) => `  ${String(count).padStart(8)}  ${what}`)].join('\n'),
    )
    .join('\n\n');
}

export function markdown(outcome: Outcome): string {
  return sections(outcome)
    .flatMap(([title, rows]) => [
      `| ${title} | count |`,
      '| --- | ---: |',
      ...rows.map(([what, count]) => `| ${what} | ${count.toLocaleString('en')} |`),
      '',
    ])
    .join('\n');
}

/** One of each promise: the one that needs the fewest lines. */
export function shortest(violations: readonly Violation[]): Violation[] {
  const best = new Map<Promised, Violation>();
  for (const violation of violations) {
    const known = best.get(violation.promise);
    if (!known || violation.history.length < known.history.length) {
      best.set(violation.promise, violation);
    }
  }
  return [...best.values()];
}

export const evidence = ({ promise, conversationId, what, history }: Violation): string =>
  [`✗ ${PROMISES[promise]}: ${what}`, `  conversation ${conversationId}`, ...history].join('\n');

export function verdict({ judge, tally, options }: Outcome): string {
  const { violations } = judge;
  const how = `seed ${options.seed}, ${options.seconds} s`;
  return violations.length === 0
    ? `Every promise was kept: ${tally.messages} messages, none lost, doubled or out of order (${how}).`
    : `${violations.length} violations (${how}).`;
}
