// Headers that keep other sites from framing our pages or guessing at our answers.

import { createMiddleware } from 'hono/factory';
import { secureHeaders } from 'hono/secure-headers';

const headers = secureHeaders({
  // The widget lives on other sites: their pages read the API by CORS and show agents' pictures.
  crossOriginResourcePolicy: false,
  xFrameOptions: 'DENY',
  referrerPolicy: 'strict-origin-when-cross-origin',
  permissionsPolicy: { camera: ['self'], microphone: ['self'], geolocation: [] },
});

export const secured = createMiddleware(async (c, next) => {
  await headers(c, next);
  // The page of the check says by itself which sites may frame it.
  if (c.res.headers.get('content-security-policy')?.includes('frame-ancestors')) {
    c.res.headers.delete('x-frame-options');
  }
});

/** What the API answers is about somebody, and nobody's cache's to keep, unless a route says otherwise. */
export const notKept = createMiddleware(async (c, next) => {
  await next();
  if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store');
});
