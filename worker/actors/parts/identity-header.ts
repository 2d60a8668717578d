// How the Worker tells an actor who is at the socket: a header that it alone writes.

import * as v from 'valibot';
import { connectedPrincipalSchema, type ConnectedPrincipal } from '#shared/identity.ts';

const HEADER = 'x-parley-identity';

/** The upgrade to forward: whatever the client put into the header is overwritten. */
export function withIdentity(request: Request, by: ConnectedPrincipal): Request {
  const forwarded = new Request(request);
  forwarded.headers.set(HEADER, encodeURIComponent(JSON.stringify(by))); // Names are not ASCII.
  return forwarded;
}

export function identityOf(request: Request): ConnectedPrincipal {
  return v.parse(
    connectedPrincipalSchema,
    JSON.parse(decodeURIComponent(request.headers.get(HEADER) ?? '')),
  );
}
