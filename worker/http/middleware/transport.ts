// Nothing travels unencrypted, except on this machine: a password or a cookie could be read on its way.

import { createMiddleware } from 'hono/factory';
import { RefusalError } from '../refusal-error.ts';

export const encryptedOnly = createMiddleware(async (c, next) => {
  const url = new URL(c.req.url);
  if (url.protocol === 'https:' || isLoopback(url.hostname)) return next();
  const reads = c.req.method === 'GET' || c.req.method === 'HEAD';
  if (!reads) throw new RefusalError('transport.insecure');
  url.protocol = 'https:';
  return c.redirect(url.href, 308);
});

const isLoopback = (hostname: string): boolean =>
  /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
