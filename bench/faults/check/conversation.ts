// Judges one conversation: its log, everybody's commands, and what every tab was told.

import type { LogEvent } from '../client/protocol.ts';
import type { ConversationHistory } from '../history.ts';
import { commandLine } from './evidence.ts';
import { judgeLog } from './log.ts';
import type { Members } from './place.ts';
import { judgeTabs } from './tabs.ts';
import type { Violation } from './violation.ts';

export function judgeConversation(
  history: ConversationHistory,
  log: readonly LogEvent[],
  members: Members,
): Violation[] {
  // Whoever may not read it any more is closed, and not answered; whether rightly is judged with the tabs.
  const turnedAway = new Set(
    history.tabs.filter((tab) => tab.turnedAway !== null).map(({ name }) => name),
  );
  const unanswered = history.commands.filter(
    ({ accepted, refused, heard, tab }) =>
      accepted.length + refused.length === 0 && !heard && !turnedAway.has(tab),
  );
  return [
    ...judgeLog(history, log, members),
    ...judgeTabs(history, log, members),
    ...unanswered.map((record) => ({
      promise: 'answered' as const,
      what: 'a command was never answered',
      history: [commandLine(record)],
    })),
  ].map((found) => ({ ...found, conversationId: history.id }));
}
