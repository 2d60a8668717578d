// Makes a queue long at once: entries without a conversation, whose visitors have gone. Nobody is told of them.

import type { QueueEntry } from '#shared/department.ts';
import { newConversationId, newVisitorId } from '#shared/ids.ts';
import { DepartmentStorage } from '../../worker/actors/department/storage.ts';

/** @param since when the first of them came, in epoch milliseconds; the others came one by one after it */
export function fillQueue(storage: DurableObjectStorage, count: number, since: number): void {
  const queue = new DepartmentStorage(storage);
  storage.transactionSync(() => {
    for (let index = 0; index < count; index++) queue.put(entry(index, since + index));
  });
}

const entry = (index: number, since: number): QueueEntry => ({
  conversationId: newConversationId(),
  visitorId: newVisitorId(),
  seq: 2,
  visitorName: `Visitor ${index}`,
  queuedAt: since,
  preview: 'Is the fern in stock?',
  priority: 'normal',
  rank: 1,
  dueAt: null,
  openedAt: since,
  lostBy: null,
});
