// How many sockets one conversation has. Where a further one comes, the oldest goes: its client is told to come back
// later.

import { isVisitor } from '#shared/conversation/access.ts';
import type { ConnectedPrincipal } from '#shared/identity.ts';

const MOST_OF_VISITOR = 8;
/** A whole team may look at what waits. */
const MOST = 200;

interface OpenSocket {
  readonly socket: WebSocket;
  readonly state: { readonly by: ConnectedPrincipal; readonly renewAt: number };
}

/** The sockets that are to be closed before another of theirs is let in. */
export function tooMany(open: readonly OpenSocket[], by: ConnectedPrincipal): WebSocket[] {
  const own = open.filter(({ state }) => isVisitor(by) && isSame(state.by, by));
  const leaving = oldest(own, MOST_OF_VISITOR);
  const others = open.filter(({ socket }) => !leaving.includes(socket));
  return [...leaving, ...oldest(others, MOST)];
}

const isSame = (one: ConnectedPrincipal, other: ConnectedPrincipal): boolean =>
  one.kind === 'visitor' && other.kind === 'visitor' && one.visitorId === other.visitorId;

const oldest = (sockets: readonly OpenSocket[], most: number): WebSocket[] =>
  sockets
    .toSorted((one, other) => one.state.renewAt - other.state.renewAt)
    .slice(0, Math.max(0, sockets.length - most + 1))
    .map(({ socket }) => socket);
