// A conversation that everybody does anything to, in any order, decided as the server decides.

import fc from 'fast-check';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { textBody } from './body.ts';
import { authorOf, type AgentPrincipal, type ConnectedPrincipal } from '#shared/identity.ts';
import { newCommandId } from '#shared/ids.ts';
import { accept, refuse } from '#shared/refusals.ts';
import { rules } from '#shared/testing/decisions.ts';
import { fold, MARA, NOOR, SALES, SUPPORT, TOM, VISITOR } from '#shared/testing/logs.ts';
import { requiredAdmission, requiredSlot } from './decision-context.ts';
import { conversationCommandSchema, type ConversationCommand } from './commands.ts';
import { decide } from './decide.ts';
import { conversationEventSchema, mayHear, type ConversationEvent } from './events.ts';
import { NEW_CONVERSATION, type ConversationState } from './state.ts';
import { view } from './view.ts';

const visitor = { kind: 'visitor', visitorId: VISITOR.id } as const;
const agent = (
  { id, name }: typeof NOOR,
  departments: AgentPrincipal['departments'],
  permissions: AgentPrincipal['permissions'] = [
    ...(['conversation.take', 'conversation.transfer', 'conversation.hold'] as const),
  ],
): AgentPrincipal => ({
  kind: 'agent',
  agentId: id,
  name,
  departments,
  permissions,
  maxConversations: null,
});
const people: readonly ConnectedPrincipal[] = [
  visitor,
  agent(NOOR, [SALES]),
  agent(MARA, [SUPPORT]),
  agent(TOM, [SALES, SUPPORT], ['conversation.manage-others', 'conversation.transfer']),
];

const agents = fc.constantFrom(NOOR.id, MARA.id, TOM.id);
const departments = fc.constantFrom(SALES, SUPPORT);
const comments = fc.constantFrom(null, 'A regular');
const command = (shape: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record(shape).map((raw): ConversationCommand => v.parse(conversationCommandSchema, raw));
const bare = fc.constantFrom(
  ...['take', 'requeue', 'hold', 'resume', 'leave'].map((what) => `conversation.${what}`),
);
const type = (name: string) => fc.constant(name);
const destinations = fc.oneof(
  fc.record({ kind: type('agent'), agentId: agents }),
  fc.record({ kind: type('department'), departmentId: departments }),
);

interface Step {
  readonly by: ConnectedPrincipal;
  readonly hasSlot: boolean;
  readonly isLetIn: boolean;
  readonly command: ConversationCommand;
}

const steps: fc.Arbitrary<Step> = fc.record({
  by: fc.constantFrom(...people),
  hasSlot: fc.boolean(),
  isLetIn: fc.boolean(),
  command: fc.oneof(
    { weight: 5, arbitrary: command({ type: bare }) },
    {
      weight: 4,
      arbitrary: command({ type: type('message.send'), body: fc.constant(textBody('Hello')) }),
    },
    {
      weight: 2,
      arbitrary: command({
        ...{ type: type('conversation.forward'), to: destinations, comment: comments },
      }),
    },
    { weight: 2, arbitrary: command({ type: type('agent.invite'), agentId: agents }) },
    {
      weight: 1,
      arbitrary: command({
        type: type('details.set'),
        tags: fc.subarray(['Order', 'Return', 'Ferns']),
      }),
    },
    { weight: 1, arbitrary: command({ type: type('conversation.end'), comment: comments }) },
  ),
});
const opening: Step = {
  ...{ by: visitor, hasSlot: true, isLetIn: true },
  command: v.parse(conversationCommandSchema, {
    ...{ type: 'conversation.open', departmentId: SALES, body: textBody('Hello?') },
    ...{ previousId: null, page: null, locale: null },
  }),
};

/** The events that a step leads to; none when it is refused. */
function eventsOf(state: ConversationState, step: Step, seq: number): ConversationEvent[] {
  const { by, hasSlot, isLetIn } = step;
  const agentId = requiredSlot(state, step.command, by)?.agentId;
  const fact = [NOOR, MARA, TOM].find(({ id }) => id === agentId);
  const departmentId = requiredAdmission(step.command);
  const verdict = decide(state, step.command, {
    ...{ by, after: seq, rules: rules(), message: null, now: seq * 1000 },
    slot: hasSlot && fact ? accept(fact) : refuse('agent.full', { agent: 'Tom', limit: 3 }),
    admission: isLetIn && departmentId ? accept(departmentId) : refuse('department.offline'),
  });
  const envelope = { at: seq * 1000, id: newCommandId(), by: authorOf(by) };
  return (verdict.ok ? verdict.value : []).map((what, index) => ({
    ...what,
    ...envelope,
    seq: seq + 1 + index,
  }));
}

const homeOf = (state: ConversationState) =>
  state.status === 'serving' || state.status === 'held' ? state.agent.id : null;

test('[DC8] [DC5] [WP6] whatever people do, in whatever order', () => {
  fc.assert(
    fc.property(fc.array(steps, { maxLength: 40 }), (walk) => {
      let state: ConversationState = NEW_CONVERSATION;
      const log: ConversationEvent[] = [];
      for (const step of [opening, ...walk]) {
        const events = eventsOf(state, step, log.length);
        const next = fold(events, state);
        // A decision yields nothing that its own fold would ignore, and nothing that can't be stored.
        for (const [index, event] of events.entries()) {
          expect(v.parse(conversationEventSchema, event)).toEqual(event);
          if (event.type === 'comment.added') continue;
          expect(fold(events.slice(0, index + 1), state)).not.toEqual(
            fold(events.slice(0, index), state),
          );
        }
        // It comes to nobody who has not been asked for a slot.
        const home = homeOf(next);
        if (home && (home !== homeOf(state) || next.status !== state.status)) {
          const wasAsked = requiredSlot(state, step.command, step.by)?.agentId === home;
          expect(next.status === 'held' || (wasAsked && step.hasSlot)).toBe(true);
        }
        if (next.status !== 'new' && home) {
          expect(next.helpers.map(({ id }) => id)).not.toContain(home);
        }
        log.push(...events);
        state = next;
      }
      const heard = log.filter((event) => mayHear('everyone', event));
      expect(fold(heard)).toEqual(view(state, 'everyone'));
    }),
    { numRuns: 1000 },
  );
});
