// Who this browser is to the server, and which conversation it is in: one key of the page's storage.

import * as v from 'valibot';
import { visitorBody } from '#shared/api.ts';
import { conversationIdSchema } from '#shared/ids.ts';

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
