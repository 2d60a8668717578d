// How the Worker tells an actor who is at the socket: a header that it alone writes.

import * as v from 'valibot';
import { connectedPrincipalSchema, type ConnectedPrincipal } from '#shared/identity.ts';

const HEADER = 'x-parley-identity';

const identitySchema = v.object({
  by: connectedPrincipalSchema,
  /** Epoch milliseconds: what they may do was looked up after this. */
  lookedUpAt: v.number(),
});
export interface Identity<Who extends ConnectedPrincipal = ConnectedPrincipal> {
  readonly by: Who;
  readonly lookedUpAt: number;
}

/** The upgrade to forward: whatever the client put into the header is overwritten. */
export function withIdentity(request: Request, identity: Identity): Request {
  const forwarded = new Request(request);
  forwarded.headers.set(HEADER, encodeURIComponent(JSON.stringify(identity))); // Names are not ASCII.
  return forwarded;
}

export function identityOf(request: Request): Identity {
  return v.parse(identitySchema, JSON.parse(decodeURIComponent(request.headers.get(HEADER) ?? '')));
}
