// What visitors leave while nobody is there, and the agents who see to it. Mounted at /api.

import { Hono } from 'hono';
import { leaveMessageBody, type Me } from '#shared/api.ts';
import { readJson } from '../body.ts';
import { requireSomebody } from '../identity.ts';
import { finishLeftMessage, listLeftMessages, putLeftMessage } from '../io/left-messages.ts';
import { visitorOriginsOnly } from '../middleware/origin.ts';
import { requireAgent, type SignedIn } from '../middleware/session.ts';
import { Refused } from '../refused.ts';
import { settingsOf } from '../settings.ts';

/** Enough for the longest message that settings allow, in any script. */
const LEFT_BYTES = 128 * 1024;

const departmentsOf = ({ permissions, departments }: Me) =>
  permissions.includes('conversation.view-all') ? null : departments;

/** For visitors. */
export const leaving = new Hono<{ Bindings: Env }>()
  .use('/left-messages', visitorOriginsOnly)
  .post('/left-messages', async (c) => {
    const by = await requireSomebody(c);
    if (by.kind !== 'visitor') throw new Refused('visitor.missing');
    const message = await readJson(c.req.raw, leaveMessageBody, LEFT_BYTES);
    const { departments, limits } = settingsOf(c.env);
    if (!departments.some(({ id }) => id === message.departmentId)) {
      throw new Refused('department.unknown', { department: message.departmentId });
    }
    const { message_characters: limit } = limits;
    const found = message.text.length;
    if (found > limit) throw new Refused('message.too-long', { limit, found });
    const { visitorId } = by;
    await putLeftMessage(c.env.DIRECTORY, message, { visitorId, at: Date.now() });
    return c.body(null, 204);
  });

/** For agents. */
export const leftMessages = new Hono<SignedIn>()
  .get('/left-messages', requireAgent, async (c) =>
    c.json(await listLeftMessages(c.env.DIRECTORY, departmentsOf(c.var.me))),
  )

  .post('/left-messages/:id/done', requireAgent, async (c) => {
    const isDone = await finishLeftMessage(c.env.DIRECTORY, c.req.param('id'), {
      departments: departmentsOf(c.var.me),
      by: c.var.me.agentId,
      at: Date.now(),
    });
    if (!isDone) throw new Refused('left-message.unknown');
    return c.body(null, 204);
  });
