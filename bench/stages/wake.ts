// The first message to a conversation whose object has been evicted, by how long its log is.

import { setTimeout as sleep } from 'node:timers/promises';
import * as v from 'valibot';
import { textBody } from '#shared/conversation/body.ts';
import { atPace } from '../crowd.ts';
import { AGENTS } from '../team.ts';
import type { Person } from '../client/person.ts';
import { Parley } from '../parley.ts';
import { table, type Section } from '../report.ts';
import { digits, median, quantile } from '../statistics.ts';

const LENGTHS = [10, 1_000, 10_000] as const;
const MOST_RATIO = 2;
/** Sockets hold an object awake for ten seconds after the last frame. */
const ASLEEP_AFTER_MS = 15_000;
const PACE_PER_SECOND = 25;

interface Sleeper {
  readonly path: string;
  readonly length: number;
  readonly visitor: Person;
  readonly agent: Person;
}

interface Wakings {
  /** The first message to an object that hibernates with its sockets open. */
  readonly hibernating: number[];
  /** From the upgrade to the other side's answer, when the sockets were lost as well. */
  readonly reconnecting: number[];
}

export async function wake(quick: boolean): Promise<Section> {
  const each = quick ? 8 : 25;
  const parley = await Parley.start('control');
  const found = new Map<number, Wakings>();
  for (const length of LENGTHS) found.set(length, { hibernating: [], reconnecting: [] });
  const sleepers = await prepare(parley, each);
  await sleep(ASLEEP_AFTER_MS);
  const before = await constructed(parley);
  for (const one of sleepers) found.get(one.length)?.hibernating.push(await firstMessage(one));
  const woken = (await constructed(parley)) - before;

  for (const one of sleepers) {
    found.get(one.length)?.reconnecting.push(await evictAndReturn(parley, one));
  }
  await parley.server.stop();

  const medianOf = (length: number) => median(found.get(length)?.hibernating ?? []);
  const ratio = medianOf(LENGTHS[2]) / medianOf(LENGTHS[0]);
  return {
    title: 'Waking',
    text:
      `${each} conversations of each length, by turns. Hibernating: nothing was said for ` +
      `${ASLEEP_AFTER_MS / 1000} s, then a message from agent to visitor; ${woken} of ${sleepers.length} objects ` +
      'were made again for it. Evicted: the object was aborted and its sockets with it; measured from the ' +
      'agent’s upgrade, over hello and a message, to its acknowledgement. The agent writes, because a visitor goes ' +
      'on in a new conversation when a log is so long.',
    tables: [
      table(
        ['messages in the log', 'hibernating p50 ms', 'p95 ms', 'evicted p50 ms', 'p95 ms'],
        [...found].map(([length, { hibernating, reconnecting }]) => [
          length.toLocaleString('en-GB'),
          digits(median(hibernating)),
          digits(quantile(hibernating, 0.95)),
          digits(median(reconnecting)),
          digits(quantile(reconnecting, 0.95)),
        ]),
      ),
    ],
    bars: [
      {
        what: 'waking 10,000 messages ÷ waking 10',
        found: digits(ratio),
        bar: `≤ ${MOST_RATIO}`,
        met: ratio <= MOST_RATIO && woken === sleepers.length,
      },
    ],
  };
}

/** Conversations of every length by turns, each with a fold as recent as use leaves it. */
async function prepare(parley: Parley, each: number): Promise<Sleeper[]> {
  return atPace(each * LENGTHS.length, PACE_PER_SECOND, async (index) => {
    const length = LENGTHS[index % LENGTHS.length] ?? 0;
    const { id, visitor } = await parley.queued();
    const agent = parley.agentAt(id, index % AGENTS.length);
    await agent.connect();
    await agent.must({ type: 'conversation.take' });
    await visitor.must({ type: 'message.send', body: textBody('And the ivy?') });
    const path = `/bench/conversations/${id}`;
    await parley.request(`${path}/fill/${length}`, { method: 'POST' });
    const one = { path, length, visitor, agent };
    // Folds what was filled in; the next message stores the fold, as each fiftieth does.
    await evictAndReturn(parley, one);
    return one;
  });
}

async function firstMessage({ visitor, agent }: Sleeper): Promise<number> {
  const heard = new Promise<void>((resolve) => (visitor.onText = () => resolve()));
  const begun = performance.now();
  agent.say('Are you still there?');
  await heard;
  return performance.now() - begun;
}

async function evictAndReturn(parley: Parley, { path, visitor, agent }: Sleeper): Promise<number> {
  const lost = Promise.all([visitor.lost(), agent.lost()]);
  const visitorIsBack = visitor.comeBack();
  await parley.request(`${path}/evict`, { method: 'POST' });
  await lost;
  const begun = performance.now();
  const isBack = agent.comeBack();
  agent.wake();
  await isBack;
  await agent.must({ type: 'message.send', body: textBody('Are you still there?') });
  const tookMs = performance.now() - begun;
  await visitorIsBack;
  return tookMs;
}

async function constructed(parley: Parley): Promise<number> {
  const response = await parley.request('/bench/constructed');
  return v.parse(v.number(), await response.json());
}
