// Whether this browser is in the middle of a conversation: all that the loader reads of the storage.

export const STORAGE_KEY = 'parley';

/** Judges the stored text only as far as the loader needs; the panel parses it in earnest. */
export function hasActiveConversation(stored: string | null): boolean {
  return stored !== null && /"conversationId":"/.test(stored);
}
