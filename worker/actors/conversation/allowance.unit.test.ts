import { expect, test } from 'vitest';
import { textBody } from '#shared/conversation/body.ts';
import type { ConversationCommand } from '#shared/conversation/commands.ts';
import type { AgentPrincipal, ConnectedPrincipal, VisitorPrincipal } from '#shared/identity.ts';
import { newVisitorId, type AgentId } from '#shared/ids.ts';
import { Allowance } from './allowance.ts';
import { tooMany } from './room.ts';

const NOW = 1_795_000_000_000;
const HOUR_MS = 3_600_000;
const visitor: VisitorPrincipal = { kind: 'visitor', visitorId: newVisitorId() };
const agent: AgentPrincipal = {
  ...{ kind: 'agent', agentId: 'noor' as AgentId, name: 'Noor' },
  ...{ departments: [], permissions: [], maxConversations: null },
};
const message: ConversationCommand = { type: 'message.send', body: textBody('Hello') };
const end: ConversationCommand = { type: 'conversation.end', comment: null };

const limits = { visitor_messages_per_minute: 60, agent_commands_per_minute: 1_200 };

interface Given {
  by?: ConnectedPrincipal;
  /** From one command to the next. */
  everyMs?: number;
  allowance?: Allowance;
}

/** How many of so many messages may pass. */
function passed(
  count: number,
  { by = visitor, everyMs = 0, allowance = new Allowance(limits) }: Given = {},
): number {
  const waits = Array.from({ length: count }, (_, index) =>
    allowance.secondsToWait(by, message, NOW + index * everyMs),
  );
  return waits.filter((seconds) => seconds === null).length;
}

test('[RL7] a visitor writes ten messages at once, and then one a second', () => {
  expect(passed(30)).toBe(10);
  expect(passed(60, { everyMs: 1_000 })).toBe(60);
});

test('[RL7] what comes while a visitor is to wait is refused, also when it is written later', () => {
  const allowance = new Allowance(limits);
  passed(10, { allowance });
  expect(allowance.secondsToWait(visitor, message, NOW)).toBe(10);
  expect(allowance.secondsToWait(visitor, message, NOW + 9_001)).toBe(1);
  expect(allowance.secondsToWait(visitor, message, NOW + 10_000)).toBeNull();
});

test('[RL7] a visitor writes 600 messages in an hour', () => {
  const inAnHour = passed(HOUR_MS / 1_000, { everyMs: 1_000 });
  expect(inAnHour).toBeGreaterThan(550);
  expect(inAnHour).toBeLessThanOrEqual(600);
});

test('[RL7] ending a conversation is not a message', () => {
  const allowance = new Allowance(limits);
  passed(11, { allowance });
  expect(allowance.secondsToWait(visitor, end, NOW)).toBeNull();
});

test('[RL7] agents may do what no person needs', () => {
  expect(passed(1_000, { by: agent })).toBe(200);
  expect(passed(1_000, { by: agent, everyMs: 50 })).toBe(1_000);
});

const socketsOf = (who: ConnectedPrincipal[]) =>
  who.map((by, index) => ({
    socket: index as unknown as WebSocket,
    state: { by, renewAt: index },
  }));
const many = (count: number, by: ConnectedPrincipal) => Array.from({ length: count }, () => by);

test('[RL10] the oldest socket of a visitor goes when a ninth comes', () => {
  const eight = socketsOf([agent, ...many(8, visitor)]);
  expect(tooMany(eight, visitor)).toEqual([1]);
  expect(tooMany(eight.slice(0, 8), visitor)).toEqual([]);
  expect(tooMany(eight, { kind: 'visitor', visitorId: newVisitorId() })).toEqual([]);
  expect(tooMany(eight, agent)).toEqual([]);
});

test('[RL10] the oldest of all goes when there would be more than 200', () => {
  expect(tooMany(socketsOf(many(199, agent)), agent)).toEqual([]);
  expect(tooMany(socketsOf(many(200, agent)), visitor)).toEqual([0]);
});
