import { afterEach, expect, test, vi } from 'vitest';
import { contactIdOfVisitor, newConversationId, newVisitorId } from '#shared/ids.ts';
import { logOf, OPENING, SALES } from '#shared/testing/logs.ts';
import { EarlierConversations } from './earlier-conversations.svelte.ts';

afterEach(() => void vi.unstubAllGlobals());

const log = logOf([
  OPENING,
  { fact: { type: 'conversation.ended' }, by: { kind: 'visitor' }, later: 1 },
]);
const present = newConversationId();
const [last, open, first] = [newConversationId(), newConversationId(), newConversationId()];

const past = (conversationId: string, openedAt: number, status = 'closed') => ({
  ...{ conversationId, departmentId: SALES, visitorName: 'Iris', status, agentName: null },
  ...{ preview: '', openedAt, closedAt: status === 'closed' ? openedAt : null },
  ...{ channel: 'livechat', tags: [], comment: null },
});

/** A server whose list has two pages, and whose logs have one. */
function serve(): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (path: string) => {
    const { pathname, searchParams } = new URL(path, 'https://parley.test');
    asked.push(pathname.split('/').slice(3).join('/'));
    if (pathname.endsWith('/events')) return Response.json({ events: log, hasEarlier: false });
    return searchParams.get('after') === `9.${present}`
      ? Response.json({ conversations: [past(last, 8), past(open, 7, 'serving')], next: 'more' })
      : Response.json({ conversations: [past(first, 6)], next: null });
  });
  return asked;
}

test('[CI13] ended conversations come above the thread one by one, the latest first', async () => {
  const asked = serve();
  const contactId = contactIdOfVisitor(newVisitorId());
  const earlier = new EarlierConversations({ conversationId: present, contactId, openedAt: 9 });
  expect(earlier.canLoad).toBe(false);
  await earlier.find();
  await earlier.find();
  expect(asked).toHaveLength(1);
  expect(earlier.canLoad).toBe(true);
  await earlier.load();
  expect(earlier.conversations.map(({ id }) => id)).toEqual([last]);
  await earlier.load();
  expect(earlier.conversations.map(({ id }) => id)).toEqual([first, last]);
  expect(earlier.canLoad).toBe(false);
  await earlier.load();
  expect(asked.filter((path) => path.endsWith('events'))).toEqual([
    `${last}/events`,
    `${first}/events`,
  ]);
});
