// A visitor leaves a message while no agent is there. Mounted at /api.

import { Hono } from 'hono';
import { admissionTo } from '#shared/admission.ts';
import { newOfflineMessageBody } from '#shared/api.ts';
import { isChecked } from '#shared/identity.ts';
import type { DepartmentId } from '#shared/ids.ts';
import type { Settings } from '#shared/settings/schema.ts';
import { isBlocked } from '../../io/contact-record.ts';
import { hasOfflineMessage, putOfflineMessage } from '../../io/offline-messages.ts';
import { settingsOf } from '../../io/settings.ts';
import { hasRefusedLately } from '../../operator-log.ts';
import { jsonBody } from '../body.ts';
import type { KnownVisitor } from '../middleware/visitor.ts';
import { RefusalError } from '../refusal-error.ts';
import { tellOpenMessages } from '../tell-open-messages.ts';

/** Enough for the longest message that settings allow, in any script. */
const OFFLINE_MESSAGE_BYTES = 128 * 1024;

/** Where nobody is there, no queue shows that much comes in, but what is refused does. */
const isCheckAskedAtDoor = ({ turnstile: { mode } }: Settings): boolean =>
  mode === 'always' || (mode === 'when-busy' && hasRefusedLately('offline-message'));

export const leaveOfflineMessage = new Hono<KnownVisitor>().post(
  '/offline-messages',
  jsonBody(newOfflineMessageBody, OFFLINE_MESSAGE_BYTES),
  async (c) => {
    const { visitorId } = c.var.visitor;
    const message = c.req.valid('json');
    const settings = settingsOf(c.env);
    const { departments, limits, ceilings } = settings;
    const department = departments.find(({ id }) => id === message.departmentId);
    if (!department) {
      throw new RefusalError('department.unknown', { department: message.departmentId });
    }
    const { message_characters: limit } = limits;
    const found = message.text.length;
    if (found > limit) throw new RefusalError('message.too-long', { limit, found });
    if (await isBlocked(c.env.DIRECTORY, visitorId)) throw new RefusalError('visitor.blocked');
    const isKnown = () => hasOfflineMessage(c.env.DIRECTORY, message.id);
    if (await isKnown()) return c.body(null, 204);
    const now = Date.now();
    let isAsked = isCheckAskedAtDoor(settings);
    const ask = async (id: DepartmentId) => {
      const status = await c.env.DEPARTMENT.getByName(id).status(null);
      isAsked ||= status.asksForCheck;
      return status;
    };
    const admission = await admissionTo(department.id, { settings, now, isChecked: true, ask });
    if (admission.ok)
      throw new RefusalError('department.accepting', { department: department.name });
    if (isAsked && !isChecked(c.var.visitor, now)) throw new RefusalError('visitor.unchecked');
    const perDay = ceilings.offline_messages_per_day;
    const isPut = await putOfflineMessage(c.env.DIRECTORY, message, { visitorId, at: now, perDay });
    if (!isPut && !(await isKnown())) throw new RefusalError('offline-message.full');
    c.executionCtx.waitUntil(tellOpenMessages(c.env, department.id));
    return c.body(null, 204);
  },
);
