// What of the page's storage is believed.
import { describe, expect, test } from 'vitest';
import { newConversationId, newVisitorId } from '#shared/ids.ts';
import { hasActiveConversation } from '../active-conversation.ts';
import { parseIdentity } from './identity.ts';

const identity = {
  visitorId: newVisitorId(),
  token: 'token',
  renewedAt: Date.UTC(2026, 2, 1),
  conversationId: newConversationId(),
  previousId: null,
};

describe('the stored identity', () => {
  test('[WG4] is read as it was kept', () => {
    expect(parseIdentity(JSON.stringify(identity))).toEqual(identity);
    const { renewedAt: _, ...earlier } = identity;
    expect(parseIdentity(JSON.stringify(earlier))).toEqual({ ...identity, renewedAt: 0 });
  });

  test.each([
    null,
    '',
    '{',
    'null',
    '[]',
    '{"visitorId":"x"}',
    '{"token":"t","conversationId":null}',
  ])('[WG4] is nobody when the storage holds %s', (stored) => {
    expect(parseIdentity(stored)).toBeNull();
  });

  test('[WG5] tells the loader whether a conversation is under way', () => {
    expect(hasActiveConversation(JSON.stringify(identity))).toBe(true);
    const over = { ...identity, conversationId: null, previousId: identity.conversationId };
    expect(hasActiveConversation(JSON.stringify(over))).toBe(false);
    expect(hasActiveConversation(null)).toBe(false);
  });
});
