// Who this browser is to the server, and which conversation it is in: one key of the page's storage.

import * as v from 'valibot';
import { visitorBody } from '#shared/api.ts';
import { conversationIdSchema, type ConversationId } from '#shared/ids.ts';
import type { ConversationStore } from '#web/lib/live/conversation-store.svelte.ts';

const identitySchema = v.object({
  ...visitorBody.entries,
  /** When the token was given, by this device's clock; an earlier version did not say. */
  renewedAt: v.optional(v.number(), 0),
  /** The active one. While there is one, every page of the site listens for replies. */
  conversationId: v.nullable(conversationIdSchema),
  /** The one that has ended and been read: the next follows it. */
  previousId: v.nullable(conversationIdSchema),
});
export type Identity = v.InferOutput<typeof identitySchema>;

type Continued = Identity & { conversationId: ConversationId };
type Ended = Pick<ConversationStore, 'id' | 'state'>;

/** Null for nothing, and for whatever this version did not write. */
export function parseIdentity(stored: string | null): Identity | null {
  if (stored === null) return null;
  try {
    const parsed = v.safeParse(identitySchema, JSON.parse(stored));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

/** In the conversation that an agent has begun after this one's end; null: what there is is current already. */
export function continued(identity: Identity, { id, state }: Ended): Continued | null {
  const nextId = state.status === 'closed' ? state.nextId : null;
  if (nextId === null || identity.conversationId === nextId) return null;
  return { ...identity, conversationId: nextId, previousId: id };
}
