import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { accept, refuse, type Outcome } from '#shared/refusals.ts';
import { Finder, type FoundPage } from './finder.svelte.ts';

type Page = Outcome<FoundPage<string>>;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const page = (hits: string[], next: number | null): Page => accept({ hits, next });

/** A server whose answers are given by hand, in the order in which it was asked. */
function byHand() {
  const asked: {
    query: string;
    after: number | null;
    answer: (page: Page) => void;
    fail: () => void;
  }[] = [];
  const finder = new Finder<string, string>(
    (query, after) =>
      new Promise((answer, failed) => {
        asked.push({ query, after, answer, fail: () => failed(new Error('offline')) });
      }),
    3,
  );
  const settle = () => vi.advanceTimersByTimeAsync(500);
  return { finder, asked, settle };
}

test('[SR13] asks when the typist pauses, and shows no answer to what is typed no more', async () => {
  const { finder, asked, settle } = byHand();
  finder.look('fe');
  finder.look('fer');
  await settle();
  expect(asked.map(({ query }) => query)).toEqual(['fer']);
  finder.look('fern');
  await settle();
  asked[0]?.answer(page(['an old one'], null));
  await settle();
  expect([finder.hits, finder.isLooking]).toEqual([[], true]);
  asked[1]?.answer(page(['a fern'], null));
  await settle();
  expect([finder.hits, finder.isLooking, finder.hasMore]).toEqual([['a fern'], false, false]);
});

test('[SR13] looks on by itself while there is little, and further on when it is asked to', async () => {
  const { finder, asked, settle } = byHand();
  finder.look('fern');
  await settle();
  asked[0]?.answer(page(['one'], 90));
  await settle();
  expect([finder.hits, finder.isLooking, asked[1]?.after]).toEqual([['one'], true, 90]);
  asked[1]?.answer(page([], 80));
  await settle();
  asked[2]?.answer(page(['two'], 70));
  await settle();
  expect([finder.hits, finder.isLooking, finder.hasMore]).toEqual([['one', 'two'], false, true]);
  void finder.more();
  await settle();
  asked[3]?.answer(page(['three'], null));
  await settle();
  expect([finder.hits, finder.hasMore]).toEqual([['one', 'two', 'three'], false]);
});

test('[SR13] tells what is refused, and that there was no answer', async () => {
  const { finder, asked, settle } = byHand();
  finder.look('(');
  await settle();
  asked[0]?.answer(refuse('search.pattern-wrong', { at: 1, part: '(' }));
  await settle();
  expect([finder.refusal?.code, finder.isDone]).toEqual(['search.pattern-wrong', false]);
  finder.look('a');
  await settle();
  asked[1]?.fail();
  await settle();
  expect([finder.refusal, finder.hasFailed, finder.isLooking]).toEqual([null, true, false]);
  finder.look(null);
  expect([finder.hasFailed, finder.isLooking]).toEqual([false, false]);
});
