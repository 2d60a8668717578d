// Taking a conversation, by how many wait in its department's queue.

import { setTimeout as sleep } from 'node:timers/promises';
import type { DepartmentId } from '#shared/ids.ts';
import { atPace } from '../crowd.ts';
import { AGENTS, IN_ALL, QUEUE_LENGTHS, queueOf } from '../team.ts';
import type { Line } from '../line.ts';
import { Parley } from '../parley.ts';
import { atMost, table, type Section } from '../report.ts';
import type { ServerFrame } from '../server-frame.ts';
import { digits, median, quantile } from '../statistics.ts';

const MOST_RATIO = 1.5;
/** Real ones are opened up to here. Where more wait, one that comes last is beyond what agents see. */
const MOST_REAL = 10;
const OPENED_PER_SECOND = 50;

interface Takes {
  /** From the command until the agent has it. */
  readonly acceptedMs: number[];
  /** From the command until it has left the queue on a colleague's screen. */
  readonly leftMs: number[];
}

export async function take(quick: boolean): Promise<Section> {
  const each = quick ? 15 : 40;
  const parley = await Parley.start('control');
  const queues = [];
  for (const length of QUEUE_LENGTHS) {
    const department = queueOf(length);
    await fill(parley, department, length);
    const screen = parley.agentLine(`/ws/departments/${department}`, IN_ALL);
    await screen.connect();
    const takes: Takes = { acceptedMs: [], leftMs: [] };
    queues.push({ length, department, screen, takes });
  }
  await sleep(2_000);
  for (let round = 0; round < each + 1; round++) {
    for (const { department, screen, takes } of queues) {
      const found = await takeOne(parley, department, screen, round);
      if (round === 0) continue; // The first makes objects and compiles queries.
      takes.acceptedMs.push(found.acceptedMs);
      takes.leftMs.push(found.leftMs);
    }
  }
  await parley.server.stop();

  const [shortest, , longest] = queues.map(({ takes }) => median(takes.leftMs));
  const ratio = (longest ?? NaN) / (shortest ?? NaN);
  return {
    title: 'Taking from a queue',
    text:
      `${each} conversations taken from each queue, by turns. Accepted: the agent has it. Left: it has gone ` +
      'from the queue on a colleague’s screen.',
    tables: [
      table(
        ['in the queue', 'accepted p50 ms', 'p95 ms', 'left p50 ms', 'p95 ms'],
        queues.map(({ length, takes: { acceptedMs, leftMs } }) => [
          length.toLocaleString('en-GB'),
          digits(median(acceptedMs)),
          digits(quantile(acceptedMs, 0.95)),
          digits(median(leftMs)),
          digits(quantile(leftMs, 0.95)),
        ]),
      ),
    ],
    bars: [atMost('taking out of 10,000 ÷ taking out of 10', ratio, MOST_RATIO)],
  };
}

async function fill(parley: Parley, department: DepartmentId, length: number): Promise<void> {
  if (length > MOST_REAL) {
    // What is taken stands before them, where agents see it.
    return parley.fillQueue(department, length);
  }
  await atPace(length, OPENED_PER_SECOND, async () => {
    const { visitor } = await parley.queued(department);
    visitor.leave();
  });
}

async function takeOne(
  parley: Parley,
  department: DepartmentId,
  screen: Line,
  round: number,
): Promise<{ acceptedMs: number; leftMs: number }> {
  const put = seen(
    screen,
    ({ events }) => events?.some(({ type }) => type === 'entry.put') ?? false,
  );
  const { id, visitor } = await parley.queued(department);
  await put;
  const taker = IN_ALL + (round % (AGENTS.length - IN_ALL));
  const agent = parley.agentAt(id, taker);
  await agent.connect();
  const left = seen(screen, (frame) =>
    JSON.stringify(frame).includes(`removed","conversationId":"${id}`),
  );
  const begun = performance.now();
  await agent.must({ type: 'conversation.take' });
  const acceptedMs = performance.now() - begun;
  await left;
  const leftMs = performance.now() - begun;
  agent.leave();
  visitor.leave();
  return { acceptedMs, leftMs };
}

const seen = (screen: Line, matches: (frame: ServerFrame) => boolean) =>
  new Promise<void>((resolve) => {
    screen.onFrame = (frame) => {
      if (matches(frame)) resolve();
    };
  });
