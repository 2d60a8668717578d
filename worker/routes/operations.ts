// What an operator does: see and requeue what was given up, rebuild what is derived. Mounted at /api.

import { createMiddleware } from 'hono/factory';
import { Hono } from 'hono';
import { rebuildBody, type RebuildAnswer } from '#shared/api.ts';
import { agentIdSchema, conversationIdSchema } from '#shared/ids.ts';
import * as v from 'valibot';
import { readJson } from '../body.ts';
import {
  findUndelivered,
  forgetUndelivered,
  listUndelivered,
  type UndeliveredRow,
} from '../io/undelivered.ts';
import { requireAgent, type SignedIn } from '../middleware/session.ts';
import { Refused } from '../refused.ts';
import { settingsOf } from '../settings.ts';

const REBUILT_AT_A_TIME = 25;

const operatorsOnly = createMiddleware<SignedIn>(async (c, next) => {
  if (!c.var.me.permissions.includes('desk.operate')) {
    throw new Refused('permission.missing', { permission: 'desk.operate' });
  }
  await next();
});

export const operations = new Hono<SignedIn>()
  .get('/undelivered', requireAgent, operatorsOnly, async (c) =>
    c.json(await listUndelivered(c.env.DIRECTORY)),
  )

  .post('/undelivered/:id/requeue', requireAgent, operatorsOnly, async (c) => {
    const row = await findUndelivered(c.env.DIRECTORY, c.req.param('id'));
    if (!row) throw new Refused('undelivered.unknown');
    // Forgotten first: should it fail again, its new entry must not be lost to this removal.
    await forgetUndelivered(c.env.DIRECTORY, row.id);
    await requeue(c.env, row);
    return c.body(null, 204);
  })

  .post('/rebuild', requireAgent, operatorsOnly, async (c) => {
    const { departmentId, after } = await readJson(c.req.raw, rebuildBody);
    if (!settingsOf(c.env).departments.some(({ id }) => id === departmentId)) {
      throw new Refused('department.unknown', { department: departmentId });
    }
    const department = c.env.DEPARTMENT.getByName(departmentId);
    const ids = await department.known(after, REBUILT_AT_A_TIME);
    await Promise.all(ids.map((id) => c.env.CONVERSATION.getByName(id).reproject()));
    return c.json({ rebuilt: ids.length, last: ids.at(-1) ?? null } satisfies RebuildAnswer);
  });

function requeue(env: Env, { actor, actorId, outboxId }: UndeliveredRow): Promise<void> {
  return actor === 'conversation'
    ? env.CONVERSATION.getByName(v.parse(conversationIdSchema, actorId)).requeue(outboxId)
    : env.AGENT.getByName(v.parse(agentIdSchema, actorId)).requeue(outboxId);
}
