// Who is let into a department's queue, through real actors.

import { env } from 'cloudflare:workers';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { newConversationId, type DepartmentId } from '#shared/ids.ts';
import { departmentOf } from '../../testing/departments.ts';
import { eventually } from '../../testing/eventually.ts';
import { resetAll } from '../../testing/reset-all.ts';
import { inRoster, onDuty, waits } from '../../testing/served.ts';
import {
  anAgent,
  aQueuedConversation,
  at,
  atOwnStream,
  aVisitor,
  codeOf,
  opening,
  queueIn,
  SALES,
} from '../../testing/people.ts';

beforeEach(resetAll);
// The next file may use the same department.
afterAll(resetAll);

const statusOf = (departmentId: DepartmentId) =>
  env.DEPARTMENT.getByName(departmentId).status(null);

/** What somebody hears who writes to a department. */
async function answerTo(departmentId: DepartmentId, visitor = aVisitor()): Promise<unknown> {
  const wire = await at(newConversationId(), visitor);
  const answer = await wire.command(opening('Hello?', departmentId));
  return answer.type === 'accepted' ? answer.type : codeOf(answer);
}

test.each([
  ['small', 'department.full'],
  ['small-form', 'department.offline'],
] as const)(
  '[RT39] %s lets nobody in while as many wait as may, and the next one as soon as one has left',
  async (name, refused) => {
    const SMALL = departmentOf(name);
    await onDuty('Noor', { departments: [SMALL] });
    await eventually(async () => expect((await statusOf(SMALL)).isOnline).toBe(true));
    const [first] = [
      await aQueuedConversation(aVisitor(), SMALL),
      await aQueuedConversation(aVisitor(), SMALL),
    ];
    expect(await statusOf(SMALL)).toMatchObject({ isOnline: true, isFull: true });
    expect(await answerTo(SMALL)).toBe(refused);
    await first.wire.must({ type: 'conversation.end', comment: null });
    await eventually(async () => expect((await statusOf(SMALL)).isFull).toBe(false));
    expect(await answerTo(SMALL)).toBe('accepted');
  },
);

test('[RT39] of many who ask at once no more are let in than may wait', async () => {
  const SMALL = departmentOf('small');
  const answers = await Promise.all(Array.from({ length: 6 }, () => answerTo(SMALL)));
  expect(answers.filter((answer) => answer === 'accepted')).toHaveLength(2);
});

test('[RT40] one visitor has three conversations that wait or are served, also when they ask at once', async () => {
  const visitor = aVisitor();
  const answers = await Promise.all(Array.from({ length: 5 }, () => answerTo(SALES, visitor)));
  expect(answers.sort()).toEqual([
    ...['accepted', 'accepted', 'accepted'],
    ...['visitor.busy', 'visitor.busy'],
  ]);
  expect(await answerTo(SALES)).toBe('accepted');
  await eventually(async () => expect(await queueIn(SALES)).toHaveLength(4));
  const [one] = await queueIn(SALES);
  if (!one) throw new Error('four wait');
  const noor = await inRosterOf(SALES);
  const wire = await at(one.conversationId, noor);
  await wire.must({ type: 'conversation.take' });
  await eventually(async () => expect(await queueIn(SALES)).toHaveLength(3));
  expect(await answerTo(SALES, visitor)).toBe('visitor.busy');
  await wire.must({ type: 'conversation.end', comment: null });
  await eventually(async () => expect(await answerTo(SALES, visitor)).toBe('accepted'));
});

test('[RT38] an agent gets a visitor’s second conversation when the first one is over', async () => {
  const BALANCED = departmentOf('balanced');
  await inRosterOf(BALANCED);
  const visitor = aVisitor();
  const first = await aQueuedConversation(visitor, BALANCED);
  await first.wire.event('conversation.taken');
  const second = await aQueuedConversation(visitor, BALANCED);
  await waits(BALANCED, second.id);
  const other = await aQueuedConversation(aVisitor(), BALANCED);
  await other.wire.event('conversation.taken');
  await waits(BALANCED, second.id);
  const got = second.wire.event('conversation.taken');
  await first.wire.must({ type: 'conversation.end', comment: null });
  await got;
});

/** An agent who is available, as the department knows. */
async function inRosterOf(departmentId: DepartmentId) {
  const agent = anAgent('Noor', { departments: [departmentId] });
  await inRoster(agent, () => atOwnStream(agent));
  return agent;
}
