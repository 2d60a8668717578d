// What an operator does: see and requeue what was given up, rebuild what is derived. Mounted at /api.

import { Hono } from 'hono';
import * as v from 'valibot';
import { endQueueBody, rebuildBody, type EndQueueAnswer, type RebuildAnswer } from '#shared/api.ts';
import { pairIdSchema } from '#shared/direct-chat/pair.ts';
import { SYSTEM } from '#shared/identity.ts';
import { agentIdSchema, conversationIdSchema, newCommandId } from '#shared/ids.ts';
import {
  PROJECTIONS,
  type ProjectionName,
} from '../../actors/conversation/projections/registry.ts';
import { settingsOf } from '../../io/settings.ts';
import {
  findUndelivered,
  forgetUndelivered,
  listUndelivered,
  type UndeliveredRow,
} from '../../io/undelivered.ts';
import { jsonBody } from '../body.ts';
import type { SignedIn } from '../middleware/session.ts';
import { RefusalError } from '../refusal-error.ts';

const REBUILT_AT_A_TIME = 25;
const ENDED_AT_A_TIME = 25;

export const operations = new Hono<SignedIn>()
  .get('/undelivered', async (c) => c.json(await listUndelivered(c.env.DIRECTORY)))

  .post('/undelivered/:id/requeue', async (c) => {
    const row = await findUndelivered(c.env.DIRECTORY, c.req.param('id'));
    if (!row) throw new RefusalError('undelivered.unknown');
    // Forgotten first: should it fail again, its new entry must not be lost to this removal.
    await forgetUndelivered(c.env.DIRECTORY, row.id);
    await requeue(c.env, row);
    return c.body(null, 204);
  })

  .post('/rebuild', jsonBody(rebuildBody), async (c) => {
    const { projection, departmentId, after } = c.req.valid('json');
    const names = projectionsCalled(projection);
    if (!settingsOf(c.env).departments.some(({ id }) => id === departmentId)) {
      throw new RefusalError('department.unknown', { department: departmentId });
    }
    const department = c.env.DEPARTMENT.getByName(departmentId);
    const keys = await department.conversations(after, REBUILT_AT_A_TIME);
    await Promise.all(
      keys.flatMap(({ conversationId: id }) =>
        names.map((name) => c.env.CONVERSATION.getByName(id).rebuild(name)),
      ),
    );
    return c.json({ rebuilt: keys.length, next: keys.at(-1) ?? null } satisfies RebuildAnswer);
  })

  // A department that the settings no longer have is no reason to refuse: what waits there is to be ended, too.
  .post('/queue/end', jsonBody(endQueueBody), async (c) => {
    const { departmentId, after, ...which } = c.req.valid('json');
    const department = c.env.DEPARTMENT.getByName(departmentId);
    const keys = await department.waiting(which, after, ENDED_AT_A_TIME);
    const ends = keys.map(({ conversationId: id }) =>
      c.env.CONVERSATION.getByName(id).perform(
        SYSTEM,
        { type: 'conversation.dismiss' },
        newCommandId(),
        0,
      ),
    );
    const ended = (await Promise.all(ends)).filter(({ ok }) => ok).length;
    return c.json({ ended, next: keys.at(-1) ?? null } satisfies EndQueueAnswer);
  });

/** null: all of them. */
function projectionsCalled(wanted: string | null): ProjectionName[] {
  // `keys` forgets that they are the registry's own.
  const names = Object.keys(PROJECTIONS) as ProjectionName[];
  if (wanted === null) return names;
  const found = names.filter((name) => name === wanted);
  if (found.length === 0) throw new RefusalError('projection.unknown', { projection: wanted });
  return found;
}

function requeue(env: Env, { actor, actorId, outboxId }: UndeliveredRow): Promise<void> {
  switch (actor) {
    case 'conversation':
      return env.CONVERSATION.getByName(v.parse(conversationIdSchema, actorId)).requeue(outboxId);
    case 'agent':
      return env.AGENT.getByName(v.parse(agentIdSchema, actorId)).requeue(outboxId);
    case 'direct-chat':
      return env.DIRECT_CHAT.getByName(v.parse(pairIdSchema, actorId)).requeue(outboxId);
  }
}
