// Who answers a request: the API by Hono, every page by SvelteKit.
import { Hono } from 'hono';
import { type Env } from './env.ts';

export const app = new Hono<{ Bindings: Env }>();

app.get('/api/health', (c) => c.json({ ok: true }));

app.all('*', async (c) => {
  const { default: web } = await import('web-server');
  const API = async (request: Request) => app.fetch(request, c.env, c.executionCtx);
  return web.fetch(c.req.raw, { ...c.env, API }, c.executionCtx);
});
