import * as v from 'valibot';
import { expect, test } from 'vitest';
import type { Author } from './identity.ts';
import type { ConversationEvent } from './conversation.ts';
import { describe as tell } from './describe.ts';
import { agentIdSchema, newCommandId } from './ids.ts';

const mara = { id: v.parse(agentIdSchema, 'mara'), name: 'Mara' };
const byMara: Author = { kind: 'agent', ...mara };
const byVisitor: Author = { kind: 'visitor' };
const event = <const F extends object>(fact: F, by: Author) =>
  ({ ...fact, by, seq: 1, at: 0, id: newCommandId() }) as unknown as ConversationEvent;

const visitor = { kind: 'visitor' } as const;
const colleague = { kind: 'agent', id: 'noor' } as const;
const self = { kind: 'agent', id: 'mara' } as const;

const taken = event({ type: 'conversation.taken', agent: mara }, byMara);
const ended = event({ type: 'conversation.ended' }, byMara);
const endedByVisitor = event({ type: 'conversation.ended' }, byVisitor);

test.each([
  [taken, visitor, { key: 'taken', name: 'Mara' }],
  [taken, colleague, { key: 'taken', name: 'Mara' }],
  [taken, self, { key: 'taken-by-you' }],
  [ended, visitor, { key: 'ended-by-agent', name: 'Mara' }],
  [ended, self, { key: 'ended-by-you' }],
  [endedByVisitor, visitor, { key: 'ended-by-you' }],
  [endedByVisitor, self, { key: 'ended-by-visitor' }],
  [event({ type: 'message.sent', text: 'Hi' }, byMara), self, null],
] as const)('[CV11] %o is told to its viewer', (what, viewer, sentence) => {
  expect(tell(what, viewer)).toEqual(sentence);
});
