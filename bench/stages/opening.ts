// What it costs to open and to take a conversation, beside a bare object that inserts the same number of rows, and
// whether it leaves work behind that makes the first messages dear.

import { setTimeout as sleep } from 'node:timers/promises';
import { startBare } from '../bare-contender.ts';
import type { Contender, Talk } from '../contender.ts';
import { atPace } from '../crowd.ts';
import { Parley } from '../parley.ts';
import { atMost, table, type Section } from '../report.ts';
import { digits, median } from '../statistics.ts';
import { rowsWrittenIn } from '../../worker/testing/units.ts';

const MOST_RATIO = 2;
const OPENED_PER_SECOND = 20;
const MESSAGES_PER_SECOND = 200;
const COUNTED = 5;
/** Until what an opening has left to do is done. */
const SETTLED_AFTER_MS = 2_000;

/** CPU in milliseconds. */
interface Turn {
  readonly perOpening: number;
  readonly perMessage: number;
}

export async function opening(quick: boolean): Promise<Section> {
  const [rounds, conversations] = quick ? [3, 40] : [5, 100];
  const rows = await rowsOfOpening();
  const contenders = [
    await Parley.start(),
    await startBare({ rows, oneByOne: true }),
    await startBare({ rows, oneByOne: false }),
  ];
  const turns: Turn[][] = contenders.map(() => []);
  for (const contender of contenders) await take(contender, conversations / 4); // A warm-up.
  for (let round = 0; round < rounds; round++) {
    for (let place = 0; place < contenders.length; place++) {
      const which = (round + place) % contenders.length;
      const contender = contenders[which];
      if (contender) turns[which]?.push(await take(contender, conversations));
    }
  }
  for (const { server } of contenders) await server.stop();

  const [parley = [], bare = []] = turns;
  const ratio = (by: (turn: Turn) => number) => medianOf(parley, by) / medianOf(bare, by);
  return {
    title: 'Opening and taking',
    text:
      `${rounds} rounds of ${conversations} conversations, ${OPENED_PER_SECOND} a second: both sides connect, the ` +
      `visitor opens, an agent takes. That writes ${digits(rows)} rows, in three objects and D1. The bare object inserts ` +
      'as many, one by one as it inserts messages, or in two transactions. CPU is of the whole server process tree, until two ' +
      'seconds after the last. Then each side writes to the other at once: messages must not cost more because of ' +
      'what was opened.',
    tables: [
      table(
        ['CPU ms', 'opening and taking', 'first messages, each'],
        contenders.map(({ name }, place) => [
          name,
          digits(medianOf(turns[place] ?? [], perOpening)),
          digits(medianOf(turns[place] ?? [], perMessage)),
        ]),
      ),
    ],
    bars: [
      atMost('CPU of opening and taking ÷ bare object', ratio(perOpening), MOST_RATIO),
      atMost('CPU of the first messages after it ÷ bare object', ratio(perMessage), MOST_RATIO),
    ],
  };
}

const perOpening = (turn: Turn) => turn.perOpening;
const perMessage = (turn: Turn) => turn.perMessage;
const medianOf = (turns: readonly Turn[], by: (turn: Turn) => number) => median(turns.map(by));

async function take(contender: Contender, conversations: number): Promise<Turn> {
  const { server } = contender;
  const before = await server.cpuMs();
  const talks = await atPace(conversations, OPENED_PER_SECOND, () => contender.talk());
  await sleep(SETTLED_AFTER_MS);
  const opened = await server.cpuMs();
  await atPace(2 * conversations, MESSAGES_PER_SECOND, (index) => firstMessage(talks, index));
  const spoken = await server.cpuMs();
  for (const { visitor, agent } of talks) for (const one of [visitor, agent]) one.leave();
  return {
    perOpening: (opened - before) / conversations,
    perMessage: (spoken - opened) / (2 * conversations),
  };
}

/** From each side in turn, until the other has it. */
function firstMessage(talks: readonly Talk[], index: number): Promise<void> {
  const talk = talks[index % talks.length];
  if (!talk) return Promise.resolve();
  const [from, to] = index < talks.length ? [talk.visitor, talk.agent] : [talk.agent, talk.visitor];
  const heard = new Promise<void>((resolve) => (to.onText = () => resolve()));
  from.say('Does it like the shade?');
  return heard;
}

/** In all objects and D1. */
async function rowsOfOpening(): Promise<number> {
  const parley = await Parley.start('control');
  await parley.talk(); // What belongs to no conversation is made by the first.
  await sleep(SETTLED_AFTER_MS);
  await parley.resetLedger();
  for (let opened = 0; opened < COUNTED; opened++) await parley.talk();
  await sleep(SETTLED_AFTER_MS);
  const rows = rowsWrittenIn(await parley.ledger()) / COUNTED;
  await parley.server.stop();
  return Math.round(rows);
}
