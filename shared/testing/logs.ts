// Logs for tests: any at all, sensible or not, of every event type.

import fc from 'fast-check';
import * as v from 'valibot';
import { textBody } from '#shared/conversation/body.ts';
import {
  conversationEventSchema,
  LIVECHAT,
  type ConversationEvent,
  type ConversationEventType,
  type NewEvent,
} from '#shared/conversation/events.ts';
import { evolve } from '#shared/conversation/evolve.ts';
import { NEW_CONVERSATION, type ConversationState } from '#shared/conversation/state.ts';
import { SYSTEM, type Author } from '#shared/identity.ts';
import {
  agentIdSchema,
  contactIdOfVisitor,
  departmentIdSchema,
  newCommandId,
  newConversationId,
  newVisitorId,
} from '#shared/ids.ts';

export const agentRefOf = (name: string) => ({
  id: v.parse(agentIdSchema, name.toLowerCase()),
  name,
});
export const [NOOR, MARA, TOM] = [agentRefOf('Noor'), agentRefOf('Mara'), agentRefOf('Tom')];
export const SALES = v.parse(departmentIdSchema, 'sales');
export const SUPPORT = v.parse(departmentIdSchema, 'support');
export const VISITOR = { id: newVisitorId(), name: 'Visitor' };

export const agentAuthor = (agent: typeof NOOR): Author => ({ kind: 'agent', ...agent });

/** An event before the log has numbered it. */
export interface Happening {
  readonly fact: NewEvent;
  readonly by: Author;
  /** Milliseconds since the one before. */
  readonly later: number;
}

export const OPENING: Happening = {
  fact: {
    type: 'conversation.opened',
    visitor: VISITOR,
    departmentId: SALES,
    previousId: null,
    page: null,
    wanted: null,
    channel: LIVECHAT,
    locale: null,
    contactId: contactIdOfVisitor(VISITOR.id),
  },
  by: { kind: 'visitor' },
  later: 0,
};

/** When each log begins, in epoch milliseconds. */
export const START = Date.UTC(2026, 0, 1);

export function logOf(happenings: readonly Happening[]): ConversationEvent[] {
  let at = START;
  return happenings.map(({ fact, by, later }, index) => {
    at += later;
    return { ...fact, by, at, seq: index + 1, id: newCommandId() };
  });
}

export const fold = (
  events: readonly ConversationEvent[],
  from: ConversationState = NEW_CONVERSATION,
): ConversationState => events.reduce(evolve, from);

const anAgent = fc.constantFrom(NOOR, MARA, TOM);
const aDepartment = fc.constantFrom(SALES, SUPPORT);
const ofType = <const T extends ConversationEventType>(type: T) => fc.constant(type);

const aBody = fc.string({ maxLength: 400 }).map(textBody);
const sent = fc.record({ type: ofType('message.sent'), body: aBody });

const edited = fc.record({
  type: ofType('message.edited'),
  message: fc.integer({ min: 2, max: 12 }),
  body: fc.string({ minLength: 1, maxLength: 200 }).map(textBody),
});
const deleted = fc.record({
  type: ofType('message.deleted'),
  message: fc.integer({ min: 2, max: 12 }),
});

const details = fc.record(
  {
    type: ofType('details.changed'),
    topic: fc.option(fc.string()),
    tags: fc.array(fc.constantFrom('Order', 'Return')),
    priority: fc.option(fc.constantFrom('urgent', 'normal', 'low', 'gone')),
    sla: fc.option(fc.constantFrom('gold', 'gone')),
    fields: fc.dictionary(fc.constantFrom('order', 'size'), fc.option(fc.string())),
  },
  { requiredKeys: ['type'] },
);
const shown = fc.record({
  type: ofType('fields.shown'),
  fields: fc.array(fc.record({ name: fc.string(), value: fc.option(fc.string()) })),
});
const held = fc.record(
  { type: ofType('conversation.held'), until: fc.nat() },
  { requiredKeys: ['type'] },
);

const ended = fc.record(
  {
    type: ofType('conversation.ended'),
    because: fc.constantFrom(
      ...(['waited-too-long', 'held-too-long', 'visitor-silent', 'agent-gone', 'blocked'] as const),
    ),
    message: fc.string(),
  },
  { requiredKeys: ['type'] },
);

/** Rarely an end: what comes after it hardly matters. */
const aFact: fc.Arbitrary<NewEvent> = fc.oneof(
  { weight: 6, arbitrary: sent },
  { weight: 2, arbitrary: edited },
  { weight: 1, arbitrary: deleted },
  {
    weight: 4,
    arbitrary: fc.record({ type: ofType('conversation.taken'), agent: anAgent }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: ofType('conversation.requeued'),
      because: fc.constantFrom(...(['moved', 'resumed', 'unanswered', 'agent-gone'] as const)),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: ofType('conversation.forwarded'),
      departmentId: aDepartment,
      agent: fc.option(anAgent),
    }),
  },
  { weight: 3, arbitrary: held },
  { weight: 3, arbitrary: fc.record({ type: ofType('conversation.resumed') }) },
  { weight: 2, arbitrary: fc.record({ type: ofType('agent.joined'), agent: anAgent }) },
  { weight: 2, arbitrary: fc.record({ type: ofType('agent.left'), agent: anAgent }) },
  { weight: 2, arbitrary: details },
  { weight: 1, arbitrary: shown },
  { weight: 2, arbitrary: fc.record({ type: ofType('comment.added'), text: fc.string() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      ...{ type: ofType('alert.escalated'), agent: anAgent },
      to: fc.constantFrom('colleague', 'department'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: ofType('note.added'),
      body: aBody,
      mentions: fc.subarray([NOOR.id, MARA.id, TOM.id]),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: ofType('contact.renamed'), name: fc.string() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: ofType('conversation.continued'),
      nextId: fc.constant(newConversationId()),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ type: ofType('sla.warned'), sla: fc.constant('gold'), dueAt: fc.nat() }),
  },
  { weight: 1, arbitrary: ended },
);

const anAuthor: fc.Arbitrary<Author> = fc.oneof(
  fc.constant<Author>({ kind: 'visitor' }),
  anAgent.map(agentAuthor),
  fc.constant<Author>(SYSTEM),
);

const aHappening: fc.Arbitrary<Happening> = fc.record({
  fact: aFact,
  by: anAuthor,
  later: fc.nat({ max: 7_200_000 }),
});

/** Any log at all that begins with an opening. */
export const logs: fc.Arbitrary<ConversationEvent[]> = fc
  .array(aHappening, { maxLength: 40 })
  .map((rest) => logOf([OPENING, ...rest]));

/** Every event type there is, so that a test can show that none is left out. */
export const EVENT_TYPES: readonly string[] = conversationEventSchema.options.map(
  ({ entries }) => entries.type.literal,
);
