import { expect, test, vi } from 'vitest';
import { useFakeTime } from '#web/lib/live/testing/time.ts';
import { Notices } from './notices.svelte.ts';

useFakeTime();

const textsIn = ({ shown }: Notices) => shown.map(({ text }) => text);

function offering() {
  const notices = new Notices();
  const [accept, lapse] = [vi.fn<() => void>(), vi.fn<() => void>()];
  notices.offer('The conversation is on hold.', { label: 'Undo', keys: 'z', accept, lapse });
  return { notices, accept, lapse };
}

test('[WS44] notices do not stack up, and stay behind when the agent turns to something else', () => {
  const notices = new Notices();
  notices.succeed('Copied.');
  notices.succeed('Your photo has been changed.');
  notices.fail('This conversation is on hold.');
  expect(textsIn(notices)).toEqual([
    'Your photo has been changed.',
    'This conversation is on hold.',
  ]);
  notices.turn();
  expect(textsIn(notices)).toEqual([]);
});

test('[WS45] what is offered stands while the agent goes elsewhere, and lapses after a while', () => {
  const { notices, accept, lapse } = offering();
  notices.turn();
  expect([notices.hasOffer, lapse.mock.calls.length]).toEqual([true, 0]);
  vi.advanceTimersByTime(6_000);
  expect([notices.hasOffer, lapse.mock.calls.length]).toEqual([false, 1]);
  notices.acceptOffer();
  expect(accept).not.toHaveBeenCalled();
});

test.each([
  ['dismissed', (notices: Notices) => notices.dismiss(notices.shown[0]?.id ?? 0)],
  ['settled', (notices: Notices) => notices.settle()],
  ['followed by another', (notices: Notices) => notices.succeed('Copied.')],
])('[WS45] an offer that is %s lapses once', (_how, end) => {
  const { notices, lapse } = offering();
  end(notices);
  vi.advanceTimersByTime(60_000);
  expect(lapse).toHaveBeenCalledOnce();
});

test('[WS45] an offer that is accepted does not lapse', () => {
  const { notices, accept, lapse } = offering();
  notices.acceptOffer();
  vi.advanceTimersByTime(60_000);
  expect([accept.mock.calls.length, lapse.mock.calls.length]).toEqual([1, 0]);
});
