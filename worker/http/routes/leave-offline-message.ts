// A visitor leaves a message while no agent is there. Mounted at /api.

import { Hono } from 'hono';
import { newOfflineMessageBody } from '#shared/api.ts';
import { putOfflineMessage } from '../../io/offline-messages.ts';
import { settingsOf } from '../../io/settings.ts';
import { jsonBody } from '../body.ts';
import type { KnownVisitor } from '../middleware/visitor.ts';
import { RefusalError } from '../refusal-error.ts';

/** Enough for the longest message that settings allow, in any script. */
const OFFLINE_MESSAGE_BYTES = 128 * 1024;

export const leaveOfflineMessage = new Hono<KnownVisitor>().post(
  '/offline-messages',
  jsonBody(newOfflineMessageBody, OFFLINE_MESSAGE_BYTES),
  async (c) => {
    const { visitorId } = c.var.visitor;
    const message = c.req.valid('json');
    const { departments, limits } = settingsOf(c.env);
    if (!departments.some(({ id }) => id === message.departmentId)) {
      throw new RefusalError('department.unknown', { department: message.departmentId });
    }
    const { message_characters: limit } = limits;
    const found = message.text.length;
    if (found > limit) throw new RefusalError('message.too-long', { limit, found });
    await putOfflineMessage(c.env.DIRECTORY, message, { visitorId, at: Date.now() });
    return c.body(null, 204);
  },
);
