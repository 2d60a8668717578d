import { expect, test, vi } from 'vitest';
import type { QueueEntry } from '#shared/department.ts';
import { SUPPORT } from '#shared/testing/logs.ts';
import { queueEntry, rosterEntry } from '#shared/testing/department-entries.ts';
import { settled, useFakeTime } from './testing/time.ts';
import { FakeWorkspace } from './testing/workspace.ts';

useFakeTime();

const put = (entry: QueueEntry) => ({ type: 'entry.put', entry }) as const;
const removed = ({ conversationId }: QueueEntry) =>
  ({ type: 'entry.removed', conversationId }) as const;
const named = (visitorName: string, more: Partial<QueueEntry> = {}) =>
  queueEntry({ visitorName, ...more });

/** A page that shows the queue, what is in it, and who has entered it. */
async function opened(...waiting: QueueEntry[]) {
  const world = new FakeWorkspace();
  world.sales.happen(...waiting.map(put));
  const entered: string[] = [];
  const { page, workspace } = world.load(null, {
    onCall: ({ name }) => void entered.push(name),
  });
  const [store] = workspace.departments;
  if (!store) throw new Error('The agent has no department.');
  await settled();
  const queue = () => store.queue.map(({ visitorName }) => visitorName);
  return { world, sales: world.sales, page, workspace, store, queue, entered };
}

test('[WS36] what enters the queue is shown where it is to be answered', async () => {
  const { sales, queue } = await opened(named('Ada'));
  sales.happen(put(named('Ben', { openedAt: 2 })), put(named('Cem', { rank: 0, openedAt: 3 })));
  expect(queue()).toEqual(['Cem', 'Ada', 'Ben']);
});

test('[LM4] how many offline messages are open is shown as departments say, and as the server has it', async () => {
  const { sales, workspace } = await opened();
  expect(workspace.openMessages.total).toBe(0);
  sales.happen({ type: 'offline-messages.counted', open: 3 });
  expect(workspace.openMessages.total).toBe(3);
  workspace.openMessages.replace([
    { departmentId: sales.state.departmentId, open: 2 },
    { departmentId: SUPPORT, open: 4 },
  ]);
  sales.happen({ type: 'offline-messages.counted', open: 1 });
  expect(workspace.openMessages.total).toBe(5);
});

test('what leaves the queue is shown no more', async () => {
  const ada = named('Ada');
  const { sales, queue } = await opened(ada, named('Ben'));
  sales.happen(removed(ada));
  expect(queue()).toEqual(['Ben']);
});

test('[WS36] what becomes more urgent moves up, and is in the queue once', async () => {
  const ben = named('Ben', { openedAt: 2 });
  const { sales, queue } = await opened(named('Ada'), ben);
  sales.happen(put({ ...ben, rank: 0 }));
  expect(queue()).toEqual(['Ben', 'Ada']);
});

test('a conversation that leaves the queue and comes back is in it once', async () => {
  const ada = named('Ada');
  const { sales, queue } = await opened(ada);
  sales.happen(removed(ada), put(ada));
  sales.happen(removed(ada), put(ada));
  expect(queue()).toEqual(['Ada']);
});

test('what is removed and was never there changes nothing', async () => {
  const { sales, queue } = await opened(named('Ada'));
  sales.happen(removed(named('Ben')));
  expect(queue()).toEqual(['Ada']);
});

test('what enters the queue is announced once, however often it moves', async () => {
  const { sales, entered } = await opened();
  const ada = named('Ada');
  sales.happen(put(ada), put({ ...ada, rank: 0 }));
  sales.happen(put({ ...ada, preview: 'Hello?' }));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(entered).toEqual(['Ada']);
});

test('what waited before the page was loaded is not announced', async () => {
  const ada = named('Ada');
  const { sales, entered } = await opened(ada);
  sales.happen(put({ ...ada, rank: 0 }));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(entered).toEqual([]);
});

test('what comes back to the queue is announced again', async () => {
  const ada = named('Ada');
  const { sales, entered } = await opened(ada);
  sales.happen(removed(ada));
  sales.happen(put(ada));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(entered).toEqual(['Ada']);
});

test('after a reconnect the queue and the roster are as they are now', async () => {
  const ada = named('Ada');
  const { world, sales, page, queue, store } = await opened(ada);
  world.server.isDown = true;
  for (const socket of page.sockets) socket.lose();
  sales.happen(removed(ada), put(named('Ben')), { type: 'roster.changed', entry: rosterEntry() });
  expect(queue()).toEqual(['Ada']);
  world.server.isDown = false;
  page.wake();
  await settled();
  expect([queue(), store.roster]).toEqual([['Ben'], [rosterEntry()]]);
});

test('[WS41] what entered the queue while the connection was lost is shown, and announced once', async () => {
  const { world, sales, page, queue, entered } = await opened(named('Ada'));
  world.server.isDown = true;
  for (const socket of page.sockets) socket.lose();
  const [ben, cem] = [named('Ben', { openedAt: 2 }), named('Cem', { openedAt: 3 })];
  sales.happen(put(ben), put(cem));
  world.server.isDown = false;
  page.wake();
  await settled();
  sales.happen(put({ ...ben, rank: 0 }));
  await vi.advanceTimersByTimeAsync(2_000);
  expect([queue(), entered]).toEqual([['Ben', 'Ada', 'Cem'], ['Ben']]);
});

test('an agent’s entry in the roster is replaced by their newer one', async () => {
  const { sales, store } = await opened();
  sales.happen({ type: 'roster.changed', entry: rosterEntry({ open: 1 }) });
  sales.happen({ type: 'roster.changed', entry: rosterEntry({ open: 2 }) });
  expect(store.roster.map(({ open }) => open)).toEqual([2]);
});

test('[WS60] how near a department is to its ceiling is known from the start, and when it changes', async () => {
  const { sales, store } = await opened();
  expect(store.ceiling).toBeNull();
  const ceiling = { share: 'near', until: 86_400_000 } as const;
  sales.happen({ type: 'ceiling.changed', ceiling });
  expect(store.ceiling).toEqual(ceiling);
});

test('[DP8] what moves up to where agents see it is shown, and calls nobody', async () => {
  const { sales, queue, entered } = await opened(named('Ada'));
  sales.happen({ type: 'entry.appeared', entry: named('Ben', { openedAt: 2 }) });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(queue()).toEqual(['Ada', 'Ben']);
  expect(entered).toEqual([]);
});
