// What may happen next, and how likely it is.

import { takesPart } from '#shared/conversation/access.ts';
import { textBody } from '#shared/conversation/body.ts';
import type { AgentPrincipal } from '#shared/identity.ts';
import type { Player, Said, Talk, World } from './world.ts';

type Step = (world: World) => Promise<unknown>;

const TALKS_AT_MOST = 6;

/** Mostly who has to do with it: a stranger is refused, which was walked as a table. */
function somebodyFor(world: World, { state }: Talk): AgentPrincipal {
  const involved = world.players.filter(({ by }) => takesPart(state, by));
  const members = world.players.filter(({ by }) => by.departments.includes(state.departmentId));
  const likely = involved.length > 0 && world.random.chance(0.85) ? involved : members;
  return (world.random.pick(likely) ?? world.anyPlayer()).by;
}

/** An agent does something with a conversation. */
const withTalk =
  (command: (world: World, talk: Talk) => Said): Step =>
  async (world) => {
    const talk = world.anyTalk();
    if (talk) await world.command(somebodyFor(world, talk), talk.id, command(world, talk));
  };

const opening: Step = (world) =>
  world.talks.length < TALKS_AT_MOST ? world.open(world.anyDepartment()) : Promise.resolve();

const byVisitor =
  (command: Said): Step =>
  async (world) => {
    const talk = world.anyTalk();
    if (talk) await world.command(talk.visitor, talk.id, command);
  };

const onPlayer =
  (act: (world: World, player: Player) => Promise<unknown>): Step =>
  (world) => {
    const player = world.anyPlayer();
    world.note(`${player.by.name} sits down or leaves`);
    return act(world, player);
  };

/** Two things at once, one of which drops an actor from memory. */
const whileDropped =
  (step: Step): Step =>
  async (world) => {
    world.note('an actor is dropped');
    await Promise.all([step(world), world.evict()]);
  };

const write = withTalk(() => ({ type: 'message.send', body: textBody('Certainly') }));
const visitorWrites = byVisitor({ type: 'message.send', body: textBody('And then?') });
const take = withTalk(() => ({ type: 'conversation.take' }));
const hold = withTalk(() => ({ type: 'conversation.hold' }));
const end = withTalk(() => ({ type: 'conversation.end', comment: null }));

const forward = withTalk((world) => ({
  type: 'conversation.forward',
  to: world.random.chance(0.5)
    ? { kind: 'agent', agentId: world.anyPlayer().by.agentId }
    : { kind: 'department', departmentId: world.anyDepartment() },
  comment: world.random.chance(0.3) ? 'Yours, I think' : null,
}));

const details = withTalk(({ random }) => ({
  type: 'details.set',
  priority: random.pick(['urgent', 'normal', 'low', null]),
  sla: random.pick(['gold', null]),
}));

/** Time passes as it does anywhere, or all at once, and what is due rings. */
const pass =
  (from: number, to: number): Step =>
  async (world) => {
    world.advance(world.random.between(from, to));
    world.note('time passes');
    // Their tabs have pinged meanwhile.
    for (const player of world.players) if (player.isOnline) await world.sit(player);
    await world.ring();
  };

const STEPS: readonly [weight: number, step: Step][] = [
  [14, opening],
  [16, visitorWrites],
  [18, write],
  [10, take],
  [6, withTalk(() => ({ type: 'conversation.requeue' }))],
  [9, forward],
  [8, hold],
  [4, withTalk(() => ({ type: 'conversation.resume' }))],
  [9, end],
  [3, byVisitor({ type: 'conversation.end', comment: null })],
  [5, withTalk((world) => ({ type: 'agent.invite', agentId: world.anyPlayer().by.agentId }))],
  [3, withTalk(() => ({ type: 'conversation.leave' }))],
  [6, details],
  [10, onPlayer((world, player) => world.sit(player, 'available'))],
  [4, onPlayer((world, player) => world.sit(player, 'away'))],
  [2, onPlayer((world, player) => (player.isOnline ? world.leave(player) : world.sit(player)))],
  [4, pass(1, 40)],
  [1, pass(60, 700)],
  [3, (world) => world.evict()],
  [2, whileDropped(visitorWrites)],
  [2, whileDropped(opening)],
  [2, whileDropped(take)],
];
const WEIGHT = STEPS.reduce((sum, [weight]) => sum + weight, 0);

export async function doSomething(world: World): Promise<void> {
  world.advance(world.random.between(0, 3));
  let at = world.random.next() * WEIGHT;
  const [, step] = STEPS.find(([weight]) => (at -= weight) < 0) ?? [];
  await step?.(world);
}
