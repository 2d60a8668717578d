// Judges one conversation: its log, everybody's commands, and what every tab was told.

import type { LogEvent } from './protocol.ts';
import { isAnswered, type CommandRecord, type ConversationHistory } from '../history.ts';
import { commandLine, tabLines } from './evidence.ts';
import { judgeLog } from './log.ts';
import type { Members } from './status.ts';
import { judgeTabs } from './tabs.ts';
import type { Violation } from './violation.ts';

export function judgeConversation(
  history: ConversationHistory,
  log: readonly LogEvent[],
  members: Members,
): Violation[] {
  // Someone who may not read it any more is sent away, not answered; whether rightly is judged with the tabs.
  const turnedAway = new Set(
    history.tabs.filter((tab) => tab.turnedAway !== null).map(({ name }) => name),
  );
  const unanswered = history.commands.filter(
    (record) => !isAnswered(record) && !record.abandoned && !turnedAway.has(record.tab),
  );
  return [
    ...judgeLog(history, log, members),
    ...judgeTabs(history, log, members),
    ...unanswered.map((record) => ({
      promise: 'answered' as const,
      what: 'a command was never answered',
      history: [commandLine(record), ...lastSteps(history, record)],
    })),
  ].map((found) => ({ ...found, conversationId: history.id }));
}

const lastSteps = ({ tabs }: ConversationHistory, { tab }: CommandRecord): string[] =>
  tabs.filter(({ name }) => name === tab).flatMap((one) => tabLines(one).slice(-6));
