// Judges one conversation: its log, everybody's commands, and what every tab was told.

import type { LogEvent } from '../client/protocol.ts';
import type { ConversationHistory } from '../history.ts';
import { commandLine } from './evidence.ts';
import { judgeLog } from './log.ts';
import { judgeTabs } from './tabs.ts';
import type { Violation } from './violation.ts';

export function judgeConversation(
  history: ConversationHistory,
  log: readonly LogEvent[],
): Violation[] {
  const unanswered = history.commands.filter(
    ({ accepted, refused, heard }) => accepted.length + refused.length === 0 && !heard,
  );
  return [
    ...judgeLog(history, log),
    ...judgeTabs(history, log),
    ...unanswered.map((record) => ({
      promise: 'answered' as const,
      what: 'a command was never answered',
      history: [commandLine(record)],
    })),
  ].map((found) => ({ ...found, conversationId: history.id }));
}
