import { expect, test, vi } from 'vitest';
import { newCommandId } from '#shared/ids.ts';
import { refusal } from '#shared/refusals.ts';
import { OutboxInMemory } from './testing/environment.ts';
import { settled, useFakeTime } from './testing/time.ts';
import { textsIn, WritingPage } from './testing/writing-page.ts';

useFakeTime();

const TOO_MUCH = refusal('rate.limited', { seconds: 10 });
const LONGEST_PAUSE_MS = 11_000;

test('[RL8] messages that were too much at once stay as they are, and go out again by themselves, in order', async () => {
  const storage = new OutboxInMemory();
  const page = new WritingPage(storage);
  page.pending.open();
  const first = await page.write('one');
  const ids = [await page.write('two'), await page.write('three')];
  page.pending.acknowledge(first);
  for (const id of ids) page.pending.refused(id, TOO_MUCH);
  await page.write('four');
  expect(page.shown).toEqual(['two', 'three', 'four']);
  expect(page.saidTexts).toEqual(['one', 'two', 'three']);
  vi.advanceTimersByTime(9_999);
  expect(page.saidTexts).toHaveLength(3);
  vi.advanceTimersByTime(LONGEST_PAUSE_MS);
  expect(page.saidTexts.slice(3)).toEqual(['two', 'three', 'four']);
  expect(page.said.slice(3).map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
  await settled();
  expect(textsIn(storage)).toEqual(['two', 'three', 'four']);
});

test('[RL8] a new connection does not shorten the pause', async () => {
  const page = new WritingPage();
  page.pending.open();
  page.pending.refused(await page.write('one'), TOO_MUCH);
  page.pending.pause();
  page.pending.open();
  expect(page.saidTexts).toEqual(['one']);
  vi.advanceTimersByTime(LONGEST_PAUSE_MS);
  expect(page.saidTexts).toEqual(['one', 'one']);
});

test('[RL8] the next page sends what was held, and keeps it apart from what failed', async () => {
  const storage = new OutboxInMemory();
  const page = new WritingPage(storage);
  page.pending.open();
  page.pending.refused(await page.write('one'), TOO_MUCH);
  page.pending.end();
  const next = new WritingPage(storage);
  next.pending.open();
  next.pending.restore(() => false);
  await settled();
  expect(next.saidTexts).toEqual(['one']);
});

test('[RL8] a command whose answer is awaited is answered with the refusal', async () => {
  const page = new WritingPage();
  page.pending.open();
  const answer = page.pending.ask({ type: 'conversation.hold' }, 0);
  const id = page.said.at(-1)?.id ?? newCommandId();
  page.pending.refused(id, TOO_MUCH);
  expect(await answer).toEqual({ ok: false, refusal: TOO_MUCH });
});
