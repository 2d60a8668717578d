import { expect, test, vi } from 'vitest';
import { MARA, VISITOR } from './testing/server.ts';
import { useFakeTime } from './testing/time.ts';
import { Typing } from './typing.svelte.ts';

useFakeTime();

function marasTyping() {
  const told: unknown[] = [];
  const typing = new Typing({
    send: (frame) => {
      told.push(frame);
      return true;
    },
  });
  return { typing, told };
}

const says = (typing: boolean) => ({ type: 'signal', signal: { type: 'typing', typing } });

test('that someone writes is told once in a while, not with every key', () => {
  const { typing, told } = marasTyping();
  typing.say(true);
  vi.advanceTimersByTime(2_999);
  typing.say(true);
  expect(told).toEqual([says(true)]);
  vi.advanceTimersByTime(1);
  typing.say(true);
  expect(told).toEqual([says(true), says(true)]);
});

test('that someone stops writing is told at once, and once', () => {
  const { typing, told } = marasTyping();
  typing.say(true);
  typing.say(false);
  typing.say(false);
  expect(told).toEqual([says(true), says(false)]);
});

test('that nobody writes is not told where nobody has written', () => {
  const { typing, told } = marasTyping();
  typing.say(false);
  expect(told).toEqual([]);
});

test('someone who goes on writing after a pause is told at once', () => {
  const { typing, told } = marasTyping();
  typing.say(true);
  typing.say(false);
  typing.say(true);
  expect(told).toEqual([says(true), says(false), says(true)]);
});

test('a message that is sent ends the typing by itself', () => {
  const { typing, told } = marasTyping();
  typing.say(true);
  typing.sent();
  typing.say(false);
  expect(told).toEqual([says(true)]);
});

test('who types is forgotten when nothing more is heard of it', () => {
  const { typing } = marasTyping();
  typing.hear(VISITOR);
  vi.advanceTimersByTime(5_999);
  expect(typing.typist).toEqual(VISITOR);
  vi.advanceTimersByTime(1);
  expect(typing.typist).toBeNull();
});

test('who types is remembered from when it was last heard', () => {
  const { typing } = marasTyping();
  typing.hear(VISITOR);
  vi.advanceTimersByTime(4_000);
  typing.hear(VISITOR);
  vi.advanceTimersByTime(4_000);
  expect(typing.typist).toEqual(VISITOR);
});

test('who is heard last types', () => {
  const { typing } = marasTyping();
  typing.hear(VISITOR);
  typing.hear(MARA);
  expect(typing.typist).toEqual(MARA);
});

test('who stops typing is gone at once', () => {
  const { typing } = marasTyping();
  typing.hear(VISITOR);
  typing.hear(null);
  expect(typing.typist).toBeNull();
});

test('a store that is closed leaves no timer behind', () => {
  const { typing } = marasTyping();
  typing.hear(VISITOR);
  typing.close();
  expect(vi.getTimerCount()).toBe(0);
});
