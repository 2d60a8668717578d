import * as fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { agentIdSchema, newConversationId } from '#shared/ids.ts';
import { directIn, internalPlaceSchema, notesIn, readPlace } from '#shared/internal-drafts.ts';
import { BOT } from './bot.ts';
import { colleagueIn, isPairId, pairIdOf, participantsOf } from './pair.ts';
import { DIRECT_CHATS_IN_SIGHT, withChat, type DirectChatSummary } from './summary.ts';

const ids = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/).map((id) => v.parse(agentIdSchema, id));
const pairs = fc.tuple(ids, ids).filter(([one, other]) => one !== other);

describe('[DR1] a pair', () => {
  test('is the same from both sides, and names each to the other', () => {
    fc.assert(
      fc.property(pairs, ([one, other]) => {
        const id = pairIdOf(one, other);
        expect(pairIdOf(other, one)).toBe(id);
        expect(new Set(participantsOf(id))).toEqual(new Set([one, other]));
        expect([colleagueIn(id, one), colleagueIn(id, other)]).toEqual([other, one]);
      }),
    );
  });

  test.each(['', 'noor', 'noor:', ':noor', 'noor:mara', 'noor:noor', 'a:b:c', 'a:b c', 'a/b:c'])(
    'is not %j',
    (id) => {
      expect(isPairId(id)).toBe(false);
    },
  );
});

test('[DR9] a place of drafts says where it is, and anything else is none', () => {
  fc.assert(
    fc.property(pairs, fc.string(), ([one, other], text) => {
      const pairId = pairIdOf(one, other);
      const conversationId = newConversationId();
      expect(readPlace(directIn(pairId))).toEqual({ kind: 'direct', pairId });
      expect(readPlace(notesIn(conversationId))).toEqual({ kind: 'note', conversationId });
      for (const wrong of [text, `note/${pairId}`, `direct/${conversationId}`, conversationId]) {
        expect(v.is(internalPlaceSchema, wrong)).toBe(false);
      }
    }),
  );
});

test('[DR5] the list has each chat once, the latest first, and ends at some length', () => {
  const chats = fc.tuple(fc.nat(60), fc.nat(1_000)).map(([who, at]): DirectChatSummary => {
    const id = v.parse(agentIdSchema, `agent-${who}`);
    const lastMessage = { seq: at, at, from: id, text: 'Hello' };
    return { pairId: pairIdOf(id, BOT.id), colleague: { id, name: '' }, lastMessage, unread: 0 };
  });
  fc.assert(
    fc.property(fc.array(chats, { maxLength: 120 }), (changes) => {
      const list = changes.reduce(withChat, []);
      const times = list.map(({ lastMessage }) => lastMessage.at);
      expect(times).toEqual(times.toSorted((a, b) => b - a));
      expect(new Set(list.map(({ pairId }) => pairId)).size).toBe(list.length);
      expect(list.length).toBeLessThanOrEqual(DIRECT_CHATS_IN_SIGHT);
      const last = changes.at(-1);
      if (last && last.lastMessage.at === Math.max(...times)) expect(list).toContainEqual(last);
    }),
  );
});
