import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { textBody } from '#shared/conversation/body.ts';
import type { ConversationId } from '#shared/ids.ts';
import {
  aQueuedConversation,
  aVisitor,
  anAgent,
  aServedConversation,
  conversationOf,
} from '../../../testing/people.ts';
import { openLog } from '../log.ts';
import { Projector, type Projection, type ProjectionBatch } from './projector.ts';
import { PROJECTIONS } from './registry.ts';

/** A projection as a new feature would bring it: it keeps every text, by `seq`. */
const texts = new Map<number, string>();
const readTexts: Projection = async ({ events }) => {
  for (const event of events) {
    if (event.type === 'message.sent') texts.set(event.seq, event.body.text);
  }
};

/** The projector of a conversation's log, with one more in its registry. */
const project = (
  id: ConversationId,
  work: (projector: Projector) => Promise<void>,
  more: Record<string, Projection> = { texts: readTexts },
) =>
  runInDurableObject(conversationOf(id), (_instance, { storage }) =>
    work(new Projector(id, openLog(storage), { ...PROJECTIONS, ...more }, env)),
  );

const say = (text: string) => ({ type: 'message.send', body: textBody(text) });

test('[DC7] a second projection takes a function and a line in the registry', async () => {
  const { id, wire } = await aQueuedConversation();
  await wire.must(say('Is the fern in stock?'));
  await project(id, (projector) => projector.run());
  expect([...texts.values()]).toEqual(['Hello?', 'Is the fern in stock?']);
});

test('[DC7] each reads on from its own cursor, and any is rebuilt from the beginning', async () => {
  const { id, wire } = await aQueuedConversation();
  const batches: ProjectionBatch[] = [];
  const watch: Projection = async (batch) => void batches.push(batch);
  const read = () => batches.splice(0).flatMap(({ events }) => events.map(({ seq }) => seq));
  await project(
    id,
    async (projector) => {
      await projector.run();
      expect(read()).toEqual([1, 2]);
      await projector.run();
      expect(read()).toEqual([]);
      await projector.rebuild('watch');
      expect(read()).toEqual([1, 2]);
    },
    { watch },
  );
  await wire.must(say('And the pot?'));
});

test('[DC7] one that fails does not hold up the others, and reads again from where it was', async () => {
  const { id } = await aQueuedConversation();
  texts.clear();
  let isDown = true;
  const sick: Projection = async () => {
    if (isDown) throw new Error('down');
  };
  await project(
    id,
    async (projector) => {
      await expect(projector.run()).rejects.toThrow('down');
      expect([...texts.values()]).toEqual(['Hello?']);
      isDown = false;
      await projector.run();
    },
    { sick, texts: readTexts },
  );
});

test('[DC7] the cursor is kept with the state, at no row of its own', async () => {
  const agent = anAgent('Noor');
  const { id, agentWire } = await aServedConversation(agent);
  await agentWire.must({ type: 'conversation.end', comment: null });
  const cursors = () =>
    runInDurableObject(conversationOf(id), (_instance, { storage }) =>
      storage.sql.exec<{ cursors: string }>('SELECT cursors FROM fold').one(),
    );
  const stored = JSON.parse((await cursors()).cursors) as Record<string, number>;
  expect(stored['index']).toBeGreaterThanOrEqual(2);
  await evictDurableObject(conversationOf(id));
  expect((await conversationOf(id).snapshot(agent)).ok).toBe(true);
});

test('[DC7] a log that nobody has written has nothing to project', async () => {
  const { id } = await aQueuedConversation(aVisitor());
  await project(id, (projector) => projector.rebuild('index'));
  const row = await env.DIRECTORY.prepare('SELECT status FROM conversation WHERE id = ?')
    .bind(id)
    .first();
  expect(row).toEqual({ status: 'queued' });
});
