// Who answers a request: the API and the sockets by Hono, every page by SvelteKit.

import { Hono } from 'hono';
import { requestId, type RequestIdVariables } from 'hono/request-id';
import { refusal } from '#shared/refusals.ts';
import { ownOriginOnly } from './middleware/origin.ts';
import { secured } from './middleware/secured.ts';
import { Refused, refusedResponse } from './refused.ts';
import { avatars, ownAvatar } from './routes/avatars.ts';
import { colleagues } from './routes/colleagues.ts';
import { conversations } from './routes/conversations.ts';
import { leaving, leftMessages } from './routes/left-messages.ts';
import { operations } from './routes/operations.ts';
import { session } from './routes/session.ts';
import { sockets } from './routes/sockets.ts';
import { visitors } from './routes/visitors.ts';
import { workspace } from './routes/workspace.ts';

const api = new Hono<{ Bindings: Env }>()
  .get('/health', (c) => c.json({ ok: true }))
  .route('/', visitors)
  .route('/', conversations)
  .route('/', leaving)
  // Below: routes that only the desk's own pages use.
  .use(ownOriginOnly)
  .route('/', session)
  .route('/', ownAvatar)
  .route('/', workspace)
  .route('/', colleagues)
  .route('/', leftMessages)
  .route('/', operations);

export const app = new Hono<{ Bindings: Env; Variables: RequestIdVariables }>()
  // First, and so outside of what follows: an upgrade's answer can't be given further headers.
  .route('/ws', sockets)
  .use(requestId())
  .use(secured)
  .route('/api', api)
  .all('/api/*', () => {
    throw new Refused('route.unknown');
  })
  .route('/files', avatars)
  .all('*', async (c) => {
    const { default: web } = await import('web-server');
    const API = async (request: Request) => app.fetch(request, c.env, c.executionCtx);
    return web.fetch(c.req.raw, { ...c.env, API }, c.executionCtx);
  })
  .onError((error, c) => {
    if (error instanceof Refused) return refusedResponse(error.refusal);
    const request = c.get('requestId') ?? crypto.randomUUID();
    console.error('defect', request, c.req.method, c.req.path, error);
    return refusedResponse(refusal('defect', { request }));
  });
