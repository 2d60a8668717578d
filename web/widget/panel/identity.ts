// Who this browser is to the desk, and which conversation it is in: one key of the page's storage.

import * as v from 'valibot';
import { visitorBody } from '#shared/api.ts';
import { conversationIdSchema } from '#shared/ids.ts';
import { STORAGE_KEY } from '../active-conversation.ts';

const identitySchema = v.object({
  ...visitorBody.entries,
  /** The one under way. While there is one, every page of the site listens for replies. */
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

// Storage may be blocked or full. Then the identity lives as long as the page.

export function readIdentity(): Identity | null {
  try {
    return parseIdentity(localStorage.getItem(STORAGE_KEY));
  } catch {
    return null;
  }
}

export function keepIdentity(identity: Identity | null): void {
  try {
    if (identity) localStorage.setItem(STORAGE_KEY, JSON.stringify(identity));
    else localStorage.removeItem(STORAGE_KEY);
  } catch {
    // Told above.
  }
}

/** Hears of what the visitor's other tabs keep. */
export function onIdentityKept(hear: (identity: Identity | null) => void): void {
  addEventListener('storage', ({ key, newValue }) => {
    if (key === STORAGE_KEY) hear(parseIdentity(newValue));
  });
}
