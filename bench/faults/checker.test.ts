// The checker must be able to fail: conversations of a real run pass, and each flaw that is planted into them is
// found. `npm run faults -- --seconds 60 --record bench/faults/recorded.jsonl` records others.

import { expect, test } from 'vitest';
import type { Promised, Violation } from './check/violation.ts';
import { FLAWS, type Planted } from './flaws.ts';
import { newTab } from './history.ts';
import { Judge } from './judge.ts';
import { load, serverOf } from './recording.ts';
import { shortest } from './report.ts';
import { CONVERSATIONS_PER_AGENT } from './server/settings.ts';

const RECORDED = new URL('recorded.jsonl', import.meta.url);

async function recorded(): Promise<Planted> {
  const recording = await load(RECORDED);
  const { queues, slots } = serverOf(recording);
  return {
    ...recording,
    queues: new Map([...queues].map(([id, waiting]) => [id, [...waiting]])),
    slots: new Map([...slots].map(([id, own]) => [id, [...own]])),
    limit: CONVERSATIONS_PER_AGENT,
  };
}

function judgeOf({ conversations, members }: Planted): Judge {
  const histories = new Map(conversations.map(({ history }) => [history.id, history]));
  const logs = new Map(conversations.map(({ history, log }) => [history.id, log]));
  return new Judge(histories, async (id) => logs.get(id) ?? [], members);
}

async function violationsOf(planted: Planted): Promise<readonly Violation[]> {
  const judge = judgeOf(planted);
  await judge.logs();
  const { queues, slots, limit } = planted;
  judge.atRest({ queues, slots, index: serverOf(planted).index }, limit);
  return judge.violations;
}

test('[FH1] conversations of the real product pass, however their connections broke', async () => {
  expect(await violationsOf(await recorded())).toEqual([]);
});

test.for(Object.entries(FLAWS))(
  '[FH2] a product that %s is caught',
  async ([, [promise, plant]]) => {
    const planted = await recorded();
    plant(planted);
    const found = new Set<Promised>((await violationsOf(planted)).map((one) => one.promise));
    expect(found).toContain(promise);
  },
);

test('[FH2] a product that rewrites what has ended is caught', async () => {
  const planted = await recorded();
  const judge = judgeOf(planted);
  await judge.logs();
  for (const { log } of planted.conversations) log.pop();
  await judge.logs();
  expect(judge.violations.map(({ promise }) => promise)).toContain('stored');
});

test('[FH1] who was turned away is excused for good, also when others come by after the end', async () => {
  const planted = await recorded();
  const judge = judgeOf(planted);
  for (const { history } of planted.conversations) {
    const tab = history.tabs.find(({ person }) => person !== 'visitor');
    const sent = history.commands.find(({ tab: author }) => author === tab?.name);
    if (!tab || !sent) continue;
    tab.turnedAway = 4403;
    history.commands.push({ ...sent, id: 'no answer', accepted: [], refused: [], heard: false });
  }
  await judge.logs();
  for (const { history } of planted.conversations) history.tabs.push(newTab('later', 'system'));
  await judge.logs();
  expect(judge.violations.map(({ what }) => what)).not.toContain('a command was never answered');
});

test('[FH3] of many violations the one with the shortest history is shown', () => {
  const violation = (what: string, lines: number): Violation => ({
    promise: 'stored',
    conversationId: 'c',
    what,
    history: Array.from({ length: lines }, () => ''),
  });
  expect(shortest([violation('long', 9), violation('short', 2), violation('longer', 12)])).toEqual([
    violation('short', 2),
  ]);
});
