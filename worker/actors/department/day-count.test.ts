// How a department counts its day.

import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { queueEntry } from '#shared/testing/department-entries.ts';
import { eventually } from '../../testing/eventually.ts';
import { resetAll } from '../../testing/reset-all.ts';
import { anAgent, atDepartment, SALES } from '../../testing/people.ts';
import { DayCount, nextDay } from './day-count.ts';

beforeEach(resetAll);
// The next file may use the same department.
afterAll(resetAll);

const DAY_MS = 86_400_000;
const sales = () => env.DEPARTMENT.getByName(SALES);
const withSql = <T>(work: (sql: SqlStorage) => T) =>
  runInDurableObject(sales(), (_instance, { storage }) => work(storage.sql));

test('[CO2] a small ceiling is counted exactly, and each day begins at zero', async () => {
  await withSql((sql) => {
    const count = new DayCount(sql);
    for (let n = 0; n < 3; n += 1) count.add(500, 5);
    expect(new DayCount(sql).at(6)).toBe(3);
    expect(count.at(DAY_MS)).toBe(0);
    count.add(500, DAY_MS);
    expect(count.at(DAY_MS)).toBe(1);
    expect(new DayCount(sql).at(5)).toBe(0);
  });
});

test('[CO2] with a large ceiling one in many writes a row, which stands for as many', async () => {
  await withSql((sql) => {
    let turn = 0;
    const count = new DayCount(sql, () => (turn++ % 20) / 20);
    for (let n = 0; n < 100; n += 1) count.add(20_000, 5);
    expect(count.at(5)).toBe(100);
    expect(turn).toBe(100);
  });
});

test('[CO2] [WS60] near the ceiling the log and agents are told once, and at the ceiling nobody is let in', async () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  const chance = vi.spyOn(Math, 'random').mockReturnValue(0);
  const enter = async (count: number) => {
    for (let n = 0; n < count; n += 1) await sales().put(queueEntry(), []);
  };
  try {
    const lead = anAgent('Lea');
    const wire = await atDepartment(SALES, lead);
    const told = () => wire.events().filter(({ type }) => type === 'ceiling.changed');
    const ceiling = async () => {
      const snapshot = await sales().snapshot(lead);
      return snapshot.ok && snapshot.value.ceiling;
    };
    await sales().status(null);
    // Each stands for a thousandth of the ceiling.
    await enter(799);
    expect(warn).not.toHaveBeenCalled();
    expect(await ceiling()).toBeNull();
    await enter(1);
    expect(warn).toHaveBeenCalledTimes(1);
    expect((await sales().status(null)).isFull).toBe(false);
    expect(await ceiling()).toMatchObject({ share: 'near' });
    await enter(200);
    expect(warn).toHaveBeenCalledTimes(2);
    expect((await sales().status(null)).isFull).toBe(true);
    const until = nextDay(Date.now());
    expect(await ceiling()).toEqual({ share: 'reached', until });
    await enter(5);
    await eventually(() => expect(told()).toHaveLength(2));
    expect(told().map((event) => event['ceiling'])).toEqual([
      { share: 'near', until },
      { share: 'reached', until },
    ]);
  } finally {
    warn.mockRestore();
    chance.mockRestore();
  }
});
