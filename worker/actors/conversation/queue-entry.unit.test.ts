import { expect, test } from 'vitest';
import { queueMs } from '#shared/conversation/timing.ts';
import { newConversationId } from '#shared/ids.ts';
import { requeued, taken } from '#shared/testing/facts.ts';
import { agentAuthor, fold, logOf, NOOR, OPENING } from '#shared/testing/logs.ts';
import { settingsWith } from '#shared/testing/settings.ts';
import { queueEntryOf } from './queue-entry.ts';

test('[DP12] the list shows the wait that the details show, also of what came back', () => {
  const byNoor = agentAuthor(NOOR);
  const log = logOf([
    OPENING,
    { fact: taken, by: byNoor, later: 120_000 },
    { fact: requeued, by: byNoor, later: 300_000 },
  ]);
  const state = fold(log);
  if (state.status !== 'queued') throw new Error('it is back in the queue');
  const now = state.queuedAt + 5_000;
  const { queuedAt } = queueEntryOf(newConversationId(), state, 3, settingsWith());
  expect(now - queuedAt).toBe(125_000);
  expect(queueMs(state, now)).toBe(125_000);
});
