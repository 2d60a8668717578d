import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { conversationCommandSchema } from './conversation-commands.ts';
import {
  conversationEventSchema,
  evolve,
  mayHear,
  NEW_CONVERSATION,
  view,
  type ConversationEvent,
} from './conversation.ts';
import type { Author } from './identity.ts';
import { agentIdSchema, departmentIdSchema, newCommandId, newVisitorId } from './ids.ts';

const visitor: Author = { kind: 'visitor' };
const noor = { id: v.parse(agentIdSchema, 'noor'), name: 'Noor' };
const agent: Author = { kind: 'agent', ...noor };
const visitorFact = { id: newVisitorId(), name: 'Visitor' };
const departmentId = v.parse(departmentIdSchema, 'sales');

const happened = fc.oneof(
  fc.constant({ type: 'conversation.taken', agent: noor, by: agent } as const),
  fc.record({
    type: fc.constant('message.sent' as const),
    text: fc.string({ minLength: 1, maxLength: 400 }),
    by: fc.constantFrom(visitor, agent),
  }),
  fc.record({
    type: fc.constant('conversation.ended' as const),
    by: fc.constantFrom(visitor, agent),
  }),
  fc.record({
    type: fc.constant('comment.added' as const),
    text: fc.string(),
    by: fc.constant(agent),
  }),
);

/** Any log at all, sensible or not, that begins with an opening. */
const logs = fc.array(happened, { maxLength: 30 }).map((rest): ConversationEvent[] =>
  [
    {
      type: 'conversation.opened' as const,
      visitor: visitorFact,
      departmentId,
      previousId: null,
      page: null,
      by: visitor,
    },
    ...rest,
  ].map((event, index) => ({ ...event, seq: index + 1, at: 1000 + index, id: newCommandId() })),
);

const fold = (events: readonly ConversationEvent[]) => events.reduce(evolve, NEW_CONVERSATION);

describe('the fold', () => {
  test('[DC5] of what the visitor hears is his view of the whole fold', () => {
    fc.assert(
      fc.property(logs, (log) => {
        const heard = log.filter((event) => mayHear('everyone', event));
        expect(fold(heard)).toEqual(view(fold(log), 'everyone'));
      }),
    );
  });

  test('[DC4] of a tail onto the fold of what came before is the fold of all', () => {
    fc.assert(
      fc.property(logs, fc.nat(), (log, cut) => {
        const at = cut % (log.length + 1);
        expect(log.slice(at).reduce(evolve, fold(log.slice(0, at)))).toEqual(fold(log));
      }),
    );
  });

  test('[DC8] is queued, served by one agent, or closed: never two of these', () => {
    fc.assert(
      fc.property(logs, (log) => {
        for (let length = 1; length <= log.length; length += 1) {
          const state = fold(log.slice(0, length));
          expect(['queued', 'serving', 'closed']).toContain(state.status);
          // Who serves is known exactly while it is served.
          if (state.status === 'serving') expect(state.agent).toEqual(noor);
          if (state.status === 'queued') expect(state).not.toHaveProperty('agent');
        }
      }),
    );
  });

  test('[CV10] keeps the beginning of the last message, however long that is', () => {
    fc.assert(
      fc.property(logs, (log) => {
        const state = fold(log);
        const last = log.findLast((event) => event.type === 'message.sent');
        const preview = state.status === 'new' ? null : (state.lastMessage?.preview ?? null);
        expect(preview).toBe(last ? last.text.slice(0, 140) : null);
      }),
    );
  });
});

test('[WP6] an event survives the wire', () => {
  fc.assert(
    fc.property(logs, (log) => {
      for (const event of log) {
        expect(v.parse(conversationEventSchema, JSON.parse(JSON.stringify(event)))).toEqual(event);
      }
    }),
  );
});

test.each([
  { type: 'message.send', text: '   ' },
  { type: 'message.send' },
  { type: 'message.send', text: 7 },
  { type: 'message.send', text: 'x', extra: true },
  { type: 'conversation.take', agentId: 'somebody-else' },
  { type: 'conversation.end' },
  { type: 'conversation.end', comment: 'x'.repeat(2001) },
  { type: 'conversation.open', departmentId: 'No Such', text: 'x', previousId: null, page: null },
])('[WP7] %j is not a command', (command) => {
  expect(v.safeParse(conversationCommandSchema, command).success).toBe(false);
});
