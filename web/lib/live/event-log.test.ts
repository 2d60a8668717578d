import { expect, test } from 'vitest';
import * as v from 'valibot';
import { commandIdSchema, newCommandId } from '#shared/ids.ts';
import { known } from '#shared/frames.ts';
import { EventLog, type EarlierEvents } from './event-log.svelte.ts';

const eventSchema = v.object({ type: v.literal('added'), seq: v.number(), id: commandIdSchema });
type Added = v.InferOutput<typeof eventSchema>;

const added = (seq: number): Added => ({ type: 'added', seq, id: newCommandId() });
const OF_A_LATER_VERSION = { type: 'painted', seq: 3, colour: 'blue' };

const logOf = (fetchEarlier: (before: number) => Promise<EarlierEvents<Added>>) =>
  new EventLog<number, Added>({
    initial: 0,
    evolve: (sum, { seq }) => sum + seq,
    parse: (events) => known(eventSchema, events),
    fetchEarlier,
  });
const emptyLog = () => logOf(() => Promise.reject(new Error('Nothing was to be fetched.')));
const seqsIn = (log: EventLog<number, Added>) => log.events.map(({ seq }) => seq);

test('[DC4] events that come twice, or late, are in the log once', () => {
  const log = emptyLog();
  const [one, two, three] = [added(1), added(2), added(3)];
  expect(log.append([one, two], 2)).toEqual([one, two]);
  expect(log.append([two, three], 3)).toEqual([three]);
  expect(log.append([one], 1)).toEqual([]);
  expect([log.state, log.seq, seqsIn(log)]).toEqual([6, 3, [1, 2, 3]]);
});

test('[DC5] events for others leave gaps, and are not asked for again', () => {
  const log = emptyLog();
  log.append([added(1)], 4);
  expect([log.seq, seqsIn(log)]).toEqual([4, [1]]);
});

test('[DC14] an event of a later version is skipped, and those around it are read', () => {
  const log = emptyLog();
  log.replace({ state: 3, seq: 3, hasEarlier: false, events: [added(2), OF_A_LATER_VERSION] });
  expect(log.append([{ ...OF_A_LATER_VERSION, seq: 4 }, added(5)], 5)).toHaveLength(1);
  expect([log.state, log.seq, seqsIn(log)]).toEqual([8, 5, [2, 5]]);
});

test('[DC4] a page of earlier events is put before the rest once, and not after a reset', async () => {
  const answers: ((page: EarlierEvents<Added>) => void)[] = [];
  const log = logOf(() => new Promise((answer) => answers.push(answer)));
  log.replace({ state: 9, seq: 4, hasEarlier: true, events: [added(4)] });
  const twice = [log.loadEarlier(), log.loadEarlier()];
  for (const answer of answers) answer({ events: [added(2), added(3)], hasEarlier: true });
  await Promise.all(twice);
  expect([log.state, seqsIn(log)]).toEqual([9, [2, 3, 4]]);

  const late = log.loadEarlier();
  log.replace({ state: 20, seq: 8, hasEarlier: true, events: [added(8)] });
  answers.at(-1)?.({ events: [added(1)], hasEarlier: false });
  await late;
  expect([log.hasEarlier, seqsIn(log)]).toEqual([true, [8]]);
});
