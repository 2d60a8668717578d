// The offline messages, for the agents who answer them. Mounted at /api.

import { Hono } from 'hono';
import type { Me } from '#shared/api.ts';
import {
  finishOfflineMessage,
  listOfflineMessages,
  readPosition,
} from '../../io/offline-messages.ts';
import type { SignedIn } from '../middleware/session.ts';
import { RefusalError } from '../refusal-error.ts';
import { tellOpenMessages } from '../tell-open-messages.ts';

const departmentsOf = ({ permissions, departments }: Me) =>
  permissions.includes('conversation.view-all') ? null : departments;

export const offlineMessages = new Hono<SignedIn>()
  .get('/offline-messages', async (c) => {
    const wanted = c.req.query('after');
    const after = wanted === undefined ? null : readPosition(wanted);
    if (wanted !== undefined && after === null) {
      throw new RefusalError('body.malformed', { problem: 'after must be the next of a page' });
    }
    return c.json(await listOfflineMessages(c.env.DIRECTORY, departmentsOf(c.var.me), after));
  })

  .post('/offline-messages/:id/done', async (c) => {
    const departmentId = await finishOfflineMessage(c.env.DIRECTORY, c.req.param('id'), {
      departments: departmentsOf(c.var.me),
      by: c.var.me.agentId,
      at: Date.now(),
    });
    if (departmentId === null) throw new RefusalError('offline-message.unknown');
    c.executionCtx.waitUntil(tellOpenMessages(c.env, departmentId));
    return c.body(null, 204);
  });
