// Where agents write what no visitor reads: notes in conversations, and direct messages. Drafts of these are kept
// apart from drafts of replies, so that no note can be taken for a reply.

import * as v from 'valibot';
import { pairIdSchema, type PairId } from './direct-chat/pair.ts';
import { conversationIdSchema, type ConversationId } from './ids.ts';

export const internalPlaceSchema = v.pipe(
  v.string(),
  v.check((place) => readPlace(place) !== null, 'note/<conversation> or direct/<pair>'),
  v.brand('InternalPlace'),
);
export type InternalPlace = v.InferOutput<typeof internalPlaceSchema>;

/** Whose draft it is: of a reply in a conversation, of a note in one, of a direct message. */
export type DraftKey = ConversationId | InternalPlace;
export const draftKeySchema = v.union([conversationIdSchema, internalPlaceSchema]);

export const notesIn = (id: ConversationId): InternalPlace =>
  v.parse(internalPlaceSchema, `note/${id}`);
export const directIn = (id: PairId): InternalPlace => v.parse(internalPlaceSchema, `direct/${id}`);

export const isInternal = (key: DraftKey): key is InternalPlace => key.includes('/');

export type Place =
  | { readonly kind: 'note'; readonly conversationId: ConversationId }
  | { readonly kind: 'direct'; readonly pairId: PairId };

/** Null for what is no place. */
export function readPlace(place: string): Place | null {
  const [kind, name, ...more] = place.split('/');
  if (more.length > 0) return null;
  if (kind === 'note') {
    const id = v.safeParse(conversationIdSchema, name);
    return id.success ? { kind, conversationId: id.output } : null;
  }
  if (kind !== 'direct') return null;
  const id = v.safeParse(pairIdSchema, name);
  return id.success ? { kind, pairId: id.output } : null;
}
