// The devices that an agent is told by when no tab is open. Mounted at /api.

import { Hono, type Context } from 'hono';
import { pushSubscriptionBody, type Push, type PushOutcome } from '#shared/alerts/push.ts';
import { trialMessage } from '#messages/alert-text.ts';
import { localeFor } from '#messages/locale.ts';
import { isPushService } from '../../io/push/services.ts';
import { tryDevice } from '../../io/push/tell.ts';
import { publicKeyOf } from '../../io/push/vapid.ts';
import { listDevices, putSubscription, removeSubscription } from '../../io/push-subscriptions.ts';
import { jsonBody } from '../body.ts';
import { signedSessionOf, type SignedIn } from '../middleware/session.ts';
import { RefusalError } from '../refusal-error.ts';

export const push = new Hono<SignedIn>()
  .get('/push', async (c) => {
    const [publicKey, devices] = await Promise.all([publicKeyOf(c.env.PUSH_SECRET), devicesOf(c)]);
    return c.json({ publicKey, devices } satisfies Push);
  })

  .put('/push/subscription', jsonBody(pushSubscriptionBody), async (c) => {
    const body = c.req.valid('json');
    if (!isPushService(body.endpoint)) throw new RefusalError('push.unknown-service');
    const session = await signedSessionOf(c);
    if (session === null) throw new RefusalError('session.missing');
    await putSubscription(c.env.DIRECTORY, body, {
      ...{ agentId: c.var.me.agentId, session, at: Date.now() },
      locale: localeFor(c.req.header('accept-language') ?? null),
      origin: new URL(c.req.url).origin,
    });
    await noteDevices(c);
    return c.body(null, 204);
  })

  .delete('/push/devices/:id', async (c) => {
    const { agentId } = c.var.me;
    if (!(await removeSubscription(c.env.DIRECTORY, agentId, c.req.param('id')))) {
      throw new RefusalError('push.unknown-device');
    }
    await noteDevices(c);
    return c.body(null, 204);
  })

  .post('/push/devices/:id/test', async (c) => {
    const device = { agentId: c.var.me.agentId, id: c.req.param('id') };
    const outcome = await tryDevice(c.env, device, trialMessage, Date.now());
    if (outcome === null) throw new RefusalError('push.unknown-device');
    return c.json({ outcome } satisfies { outcome: PushOutcome });
  });

const devicesOf = (c: Context<SignedIn>) =>
  listDevices(c.env.DIRECTORY, c.var.me.agentId, Date.now());

/** The agent's departments tell only those of what waits who can be told. */
async function noteDevices(c: Context<SignedIn>): Promise<void> {
  const devices = await devicesOf(c);
  await c.env.AGENT.getByName(c.var.me.agentId).noteDevices(devices.length > 0);
}
