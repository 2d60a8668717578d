import { afterEach, expect, test, vi } from 'vitest';
import { textBody } from '#shared/conversation/body.ts';
import { newConversationId } from '#shared/ids.ts';
import { logOf, OPENING } from '#shared/testing/logs.ts';
import { PastThread } from './past-thread.svelte.ts';

const said = (text: string) => ({
  fact: { type: 'message.sent' as const, body: textBody(text) },
  by: { kind: 'visitor' as const },
  later: 1,
});
const log = logOf([OPENING, ...['Où est le café?', 'Cafe au lait', 'Tea', 'Thé'].map(said)]);

afterEach(() => void vi.unstubAllGlobals());

/** A server that gives two events at a time, or none. */
function serve(isDown = () => false) {
  const asked: number[] = [];
  vi.stubGlobal('fetch', async (path: string) => {
    if (isDown()) throw new TypeError('offline');
    const before = Number(new URL(path, 'https://parley.test').searchParams.get('before'));
    asked.push(before);
    const earlier = log.filter(({ seq }) => seq < before);
    return Response.json({ events: earlier.slice(-2), hasEarlier: earlier.length > 2 });
  });
  return asked;
}

const foundIn = (past: PastThread) => past.found.map(({ body }) => body.text);

test('[CI12] what is typed looks through all of it, without regard to case and accents', async () => {
  const asked = serve();
  const past = new PastThread(newConversationId());
  await past.load();
  expect(past.events.map(({ seq }) => seq)).toEqual([4, 5]);
  await past.search('C');
  expect(past.isSearching).toBe(false);
  expect(asked).toHaveLength(1);
  await past.search('CAFÉ');
  expect(foundIn(past)).toEqual(['Cafe au lait', 'Où est le café?']);
  expect(past.hasEarlier).toBe(false);
  await past.search('the');
  expect(foundIn(past)).toEqual(['Thé']);
  expect(asked).toHaveLength(3);
});

test('[CI12] what could not be had is said, and tried again', async () => {
  let isDown = true;
  serve(() => isDown);
  const past = new PastThread(newConversationId());
  await past.load();
  expect(past.status).toBe('failed');
  isDown = false;
  await past.load();
  expect(past.status).toBe('known');
});
