// Histories as lines to read: the log, a tab's steps and a command, each as short as it can be.

import type { LogEvent } from './protocol.ts';
import type { CommandRecord, Step, TabRecord } from '../history.ts';

const short = (id: string) => id.slice(0, 8);

const toWhom = ({ agent, departmentId, because }: LogEvent): string =>
  [agent && short(agent.id), departmentId, because]
    .flatMap((one) => (one ? ` ${one}` : ''))
    .join('');

export const eventLine = (event: LogEvent): string => {
  const { seq, type, id, by } = event;
  return `  log ${seq} ${type} ${short(id)} by ${by.kind === 'agent' ? short(by.id) : by.kind}${toWhom(event)}`;
};

export const logLines = (log: readonly LogEvent[]): string[] => log.map(eventLine);

export function commandLine({
  id,
  after,
  command,
  tab,
  sent,
  accepted,
  refused,
  heard,
}: CommandRecord): string {
  const answers = [
    ...accepted.map((seq) => `accepted ${seq}`),
    ...refused.map((code) => `refused ${code}`),
    ...(heard ? ['heard'] : []),
  ];
  return `  ${tab} gives ${command.type} ${short(id)} after ${after}, sent ${sent}×: ${answers.join(', ') || 'no answer'}`;
}

function stepLine(step: Step): string {
  if (step.kind === 'begin') return `begins at ${String(step.since)}`;
  const seqs = step.events.map(({ seq }) => seq).join(' ');
  if (step.kind === 'events') return `events up to ${step.upTo}: [${seqs}]`;
  const kind = step.reset ? 'reset' : 'resumed';
  return `says since ${String(step.since)}, is ${kind} at ${step.seq} (${step.state.status}): [${seqs}]`;
}

export const tabLines = ({ name, steps }: TabRecord): string[] =>
  steps.map((step) => `  ${name} ${stepLine(step)}`);
