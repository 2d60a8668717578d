// Who answers a request: sockets and the two APIs by Hono, every page by SvelteKit.

import { Hono } from 'hono';
import { requestId, type RequestIdVariables } from 'hono/request-id';
import { localeFor } from '#messages/locale.ts';
import { refusal } from '#shared/refusals.ts';
import { configured } from './middleware/configured.ts';
import { isPage, limited } from './middleware/limits.ts';
import { notKept, secured } from './middleware/secured.ts';
import { encryptedOnly } from './middleware/transport.ts';
import { RefusalError, refusedPage, refusedResponse } from './refusal-error.ts';
import { avatars } from './routes/avatars.ts';
import { isUpgrade, sockets } from './routes/sockets.ts';
import { visitorApi } from './visitor-api.ts';
import { workspaceApi } from './workspace-api.ts';

export const app = new Hono<{ Bindings: Env; Variables: RequestIdVariables }>()
  .use(configured)
  .use(encryptedOnly)
  // An upgrade's answer can't be given further headers.
  .use((c, next) => (isUpgrade(c.req.raw) ? next() : secured(c, next)))
  .route('/ws', sockets)
  .use(requestId())
  .use('/api/*', notKept)
  .get('/api/health', (c) => c.json({ ok: true }))
  .route('/api', visitorApi)
  .route('/api', workspaceApi)
  .all('/api/*', () => {
    throw new RefusalError('route.unknown');
  })
  .use(limited)
  .route('/files', avatars)
  .all('*', async (c) => {
    const { default: web } = await import('web-server');
    const API = async (request: Request) => app.fetch(request, c.env, c.executionCtx);
    const answer = await web.fetch(readable(c.req.raw), { ...c.env, API }, c.executionCtx);
    // What was looked for among the files and is not there is told without a word.
    if (answer.status === 404 && !answer.headers.has('content-type')) {
      throw new RefusalError('route.unknown');
    }
    // The files' answers can't be given headers.
    return new Response(answer.body, answer);
  })
  .onError((error, c) => {
    if (error instanceof RefusalError) {
      const wanted = c.req.header('accept-language') ?? null;
      return isPage(c.req.path)
        ? refusedPage(error.refusal, localeFor(wanted))
        : refusedResponse(error.refusal);
    }
    const request = c.get('requestId') ?? crypto.randomUUID();
    console.error('defect', request, c.req.method, c.req.path, error);
    return refusedResponse(refusal('defect', { request }));
  });

/** A request that reads has no body: some clients send one, and the platform won't copy such a request. */
function readable(request: Request): Request {
  const reads = request.method === 'GET' || request.method === 'HEAD';
  return reads && request.body !== null
    ? new Request(request.url, { method: request.method, headers: request.headers })
    : request;
}
