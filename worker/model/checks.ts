// What must hold, whatever was done: read from the actors themselves, and counted again from the
// logs in the plainest way.

import { env } from 'cloudflare:workers';
import { expect } from 'vitest';
import type { ConversationEvent } from '#shared/conversation/events.ts';
import { inQueueOrder } from '#shared/department.ts';
import type { DepartmentId } from '#shared/ids.ts';
import { policyOf } from '#shared/settings/policy.ts';
import { settingsOf } from '../io/settings.ts';
import { agentActorOf } from '../testing/people.ts';
import { DEPARTMENTS, WATCHER, type Player, type Talk, type World } from './world.ts';

const settings = () => settingsOf(env);
const limitIn = (id: DepartmentId) =>
  settings().departments.find((one) => one.id === id)?.max_conversations_per_agent ?? Infinity;

/** What everything agrees on as soon as the last word has been delivered. */
export async function agreement(world: World): Promise<void> {
  const talks = (await Promise.all(world.talks.map((talk) => world.read(talk)))).filter(
    (talk) => talk !== null,
  );
  const fresh = talks.map((talk, index) => talk.log.slice(world.talks[index]?.log.length));
  await Promise.all([
    ...DEPARTMENTS.map((departmentId) => queueIs(departmentId, talks, world)),
    ...world.players.map((player) => placesAre(player, talks)),
  ]);
  for (const talk of talks) logIsRight(talk);
  for (const [index, events] of fresh.entries()) assignmentsAreRight(world, talks[index], events);
  world.talks = talks.filter(({ state }) => state.status !== 'closed');
}

/** In the queue of one department, and of no other, in order; and nobody waits who could be served. */
async function queueIs(departmentId: DepartmentId, talks: Talk[], world: World): Promise<void> {
  const department = env.DEPARTMENT.getByName(departmentId);
  const shown = await department.snapshot(WATCHER);
  const queue = shown.ok ? shown.value.queue : [];
  const waiting = talks.filter(
    ({ state }) => state.status === 'queued' && state.departmentId === departmentId,
  );
  expect(queue.map((entry) => entry.conversationId).sort()).toEqual(
    waiting.map(({ id }) => id).sort(),
  );
  expect(queue).toEqual(queue.toSorted(inQueueOrder));
  for (const { conversationId, rank, dueAt, openedAt, seq } of queue) {
    const talk = waiting.find(({ id }) => id === conversationId);
    const { details } = talk?.state ?? {};
    const { priorities, default_priority, sla } = settings();
    const wanted = details?.priority ?? default_priority;
    expect(rank).toBe(priorities.findIndex(({ id }) => id === wanted));
    const promised = sla.find(({ id }) => id === details?.sla)?.due_minutes;
    expect(dueAt).toBe(promised === undefined ? null : openedAt + promised * 60_000);
    expect(seq).toBe(talk?.log.at(-1)?.seq);
  }
  if (policyOf(settings(), departmentId).routing.method !== 'manual') {
    nobodyWaitsInVain(departmentId, waiting, talks, world);
  }
}

function nobodyWaitsInVain(
  departmentId: DepartmentId,
  waiting: Talk[],
  talks: Talk[],
  { players }: World,
): void {
  const there = players.filter(
    ({ by, isOnline, availability }) =>
      by.departments.includes(departmentId) && isOnline && availability === 'available',
  );
  const free = there.filter((player) => {
    const served = talks.filter((talk) => serves(player, talk));
    const here = served.filter(({ state }) => state.departmentId === departmentId);
    return served.length < player.limit && here.length < limitIn(departmentId);
  });
  for (const { state, visitor } of waiting) {
    // Until one of a visitor's is over, the next one waits.
    if (talks.some((talk) => isServedTo(visitor, talk, departmentId))) continue;
    const others = there.filter(({ by }) => by.agentId !== state.lostBy);
    const candidates = free.filter(({ by }) => others.length === 0 || by.agentId !== state.lostBy);
    expect(candidates.map(({ by }) => by.name)).toEqual([]);
  }
}

const serves = ({ by }: Player, { state }: Talk): boolean =>
  state.status === 'serving' && state.agent.id === by.agentId;

const isServedTo = (
  { visitorId }: Talk['visitor'],
  { visitor, state }: Talk,
  departmentId: DepartmentId,
): boolean =>
  visitor.visitorId === visitorId &&
  state.status === 'serving' &&
  state.departmentId === departmentId;

/** An agent's slots are what the conversations say, and never more than they may have. */
async function placesAre(player: Player, talks: Talk[]): Promise<void> {
  const { agentId } = player.by;
  const expected = talks.flatMap(({ id, state }) => {
    if (state.status === 'queued' || state.status === 'closed') return [];
    if (state.agent.id === agentId)
      return [`${id} ${state.status === 'held' ? 'on-hold' : 'serving'}`];
    return state.helpers.some((helper) => helper.id === agentId) ? [`${id} helping`] : [];
  });
  const { slots } = await agentActorOf(player.by).snapshot();
  const known = new Set(talks.map(({ id }) => id));
  expect(
    slots
      .filter(({ conversationId }) => known.has(conversationId))
      .map(({ conversationId, as }) => `${conversationId} ${as}`)
      .sort(),
  ).toEqual(expected.sort());
  expect(slots).toHaveLength(expected.length);
  const served = talks.filter((talk) => serves(player, talk));
  expect(served.length).toBeLessThanOrEqual(player.limit);
  for (const departmentId of DEPARTMENTS) {
    const taken = served.filter(
      ({ log, state }) =>
        state.departmentId === departmentId && lastHandover(log)?.type === 'conversation.taken',
    );
    expect(taken.length).toBeLessThanOrEqual(limitIn(departmentId));
  }
}

const lastHandover = (log: readonly ConversationEvent[]) =>
  log.findLast(({ type }) => type === 'conversation.taken' || type === 'conversation.forwarded');

/** The agent who got it is a member; if routing gave it to them, they were there. */
function assignmentsAreRight(
  { players }: World,
  talk: Talk | undefined,
  events: readonly ConversationEvent[],
): void {
  for (const event of events) {
    if (event.type !== 'conversation.taken' || !talk) continue;
    const player = players.find(({ by }) => by.agentId === event.agent.id);
    expect(player?.by.departments).toContain(departmentAt(talk.log, event.seq));
    if (event.by.kind !== 'system') continue;
    // As they are after the step, or were before it: a step that sends them away may come second.
    const isThere = player?.isOnline && player.availability === 'available';
    expect(isThere || player?.wasThere).toBe(true);
  }
}

/** Where it belonged when an event happened. */
function departmentAt(log: readonly ConversationEvent[], seq: number): DepartmentId | undefined {
  const last = log.findLast(
    (event) =>
      event.seq < seq &&
      (event.type === 'conversation.opened' || event.type === 'conversation.forwarded'),
  );
  return last && 'departmentId' in last ? last.departmentId : undefined;
}

/** Gapless, and what the state counts is what the log tells. */
function logIsRight({ log, state }: Talk): void {
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
  expect(state.timing).toEqual(timingIn(log));
  const last = log.findLast(({ type }) => type === 'message.sent');
  expect(state.lastMessage?.at).toBe(last?.at);
}

function timingIn(log: readonly ConversationEvent[]) {
  let waitedMs = 0;
  let answers = 0;
  let answeredMs = 0;
  let firstMs: number | null = null;
  let waitsSince: number | null = null;
  let askedAt: number | null = null;
  for (const event of log) {
    const queues =
      event.type === 'conversation.opened' ||
      event.type === 'conversation.requeued' ||
      (event.type === 'conversation.forwarded' && event.agent === null);
    const leaves =
      queues ||
      event.type === 'conversation.taken' ||
      event.type === 'conversation.ended' ||
      event.type === 'conversation.forwarded';
    if (leaves && waitsSince !== null) {
      waitedMs += event.at - waitsSince;
      waitsSince = null;
    }
    if (queues) waitsSince = event.at;
    if (event.type !== 'message.sent') continue;
    if (event.by.kind === 'visitor') askedAt ??= event.at;
    else if (askedAt !== null) {
      answers += 1;
      answeredMs += event.at - askedAt;
      firstMs ??= event.at - askedAt;
      askedAt = null;
    }
  }
  return { waitedMs, answers, answeredMs, firstMs };
}
