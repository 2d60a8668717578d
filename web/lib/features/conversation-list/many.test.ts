import { expect, test } from 'vitest';
import { newConversationId } from '#shared/ids.ts';
import { refusal } from '#shared/refusals.ts';
import { askMany } from './many.ts';

const command = { type: 'conversation.end', comment: 'Done' } as const;

test('[CL6] each is asked for by itself, a few at a time, and answered for itself', async () => {
  const ids = Array.from({ length: 9 }, newConversationId);
  const [closed, unreached] = ids;
  const why = refusal('conversation.closed');
  let running = 0;
  let most = 0;
  const asked: string[] = [];
  const request = async (path: unknown) => {
    running += 1;
    most = Math.max(most, running);
    await Promise.resolve();
    running -= 1;
    const id = String(path).split('/')[3] ?? '';
    asked.push(id);
    if (id === unreached) throw new TypeError('Failed to fetch');
    if (id !== closed) return Response.json({ seq: 1 });
    return Response.json({ refusal: why, sentence: '' }, { status: 409 });
  };
  const all = ids.map((conversationId) => ({ conversationId, command }));
  const failed = await askMany(all, request);
  expect(asked.sort()).toEqual([...ids].sort());
  expect(most).toBe(4);
  expect(Object.fromEntries(failed)).toEqual({
    [closed ?? '']: why,
    [unreached ?? '']: 'unreached',
  });
});
