import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textBody } from './body.ts';
import { SYSTEM, type Author } from '#shared/identity.ts';
import { newCommandId } from '#shared/ids.ts';
import { agentAuthor, logs, MARA, NOOR, SALES, SUPPORT } from '#shared/testing/logs.ts';
import { describeToVisitor } from './describe-to-visitor.ts';
import { describe as tell } from './describe.ts';
import { mayHear, type ConversationEvent } from './events.ts';

const byMara = agentAuthor(MARA);
const byVisitor: Author = { kind: 'visitor' };
const event = <const F extends object>(fact: F, by: Author) =>
  ({ ...fact, by, seq: 1, at: 0, id: newCommandId() }) as unknown as ConversationEvent;

const colleague = NOOR.id;
const self = MARA.id;

const taken = { type: 'conversation.taken', agent: MARA };
const requeued = { type: 'conversation.requeued', because: 'moved' };
const forwarded = { type: 'conversation.forwarded', departmentId: SALES, agent: MARA };
const passed = { type: 'conversation.forwarded', departmentId: SUPPORT, agent: null };
const joined = { type: 'agent.joined', agent: MARA };
const left = event({ type: 'agent.left', agent: MARA }, byMara);
const ended = { type: 'conversation.ended' };
const itself = { ...ended, because: 'visitor-silent', message: 'Write any time.' };

test.each([
  [event({ type: 'message.sent', body: textBody('Hi') }, byMara), self, null],
  [event(taken, byMara), colleague, { key: 'taken', name: 'Mara' }],
  [event(taken, byMara), self, { key: 'taken-by-you' }],
  [event(taken, SYSTEM), colleague, { key: 'assigned', name: 'Mara' }],
  [event(taken, SYSTEM), self, { key: 'assigned-to-you' }],
  [event(requeued, byMara), colleague, { key: 'requeued', because: 'moved', by: 'Mara' }],
  [
    event({ ...requeued, because: 'unanswered' }, SYSTEM),
    colleague,
    { key: 'requeued', because: 'unanswered', by: null },
  ],
  [
    event(forwarded, agentAuthor(NOOR)),
    self,
    { key: 'forwarded-to-agent', by: 'Noor', name: 'Mara', you: 'to' },
  ],
  [
    event(forwarded, agentAuthor(NOOR)),
    colleague,
    { key: 'forwarded-to-agent', by: 'Noor', name: 'Mara', you: 'by' },
  ],
  [
    event(passed, byMara),
    colleague,
    { key: 'forwarded-to-department', by: 'Mara', departmentId: SUPPORT },
  ],
  [event({ type: 'conversation.held' }, SYSTEM), colleague, { key: 'held', by: null }],
  [event({ type: 'conversation.held' }, byMara), self, { key: 'held', by: 'Mara', you: 'by' }],
  [event({ type: 'conversation.resumed' }, byVisitor), colleague, { key: 'resumed', by: null }],
  [
    event(joined, agentAuthor(NOOR)),
    colleague,
    { key: 'invited', by: 'Noor', name: 'Mara', you: 'by' },
  ],
  [left, colleague, { key: 'left', name: 'Mara' }],
  [left, self, { key: 'left', name: 'Mara', you: 'by' }],
  [
    event({ type: 'details.changed', priority: null }, byMara),
    colleague,
    { key: 'details', by: 'Mara', details: { priority: null } },
  ],
  [
    event({ type: 'comment.added', text: 'A regular' }, byMara),
    colleague,
    { key: 'comment', name: 'Mara', text: 'A regular' },
  ],
  [event(ended, byMara), colleague, { key: 'ended-by-agent', name: 'Mara' }],
  [event(ended, byMara), self, { key: 'ended-by-you' }],
  [event(ended, byVisitor), self, { key: 'ended-by-visitor' }],
  [
    event(itself, SYSTEM),
    colleague,
    { key: 'ended-by-itself', because: 'visitor-silent', message: 'Write any time.' },
  ],
] as const)('[CV11] %o is told to its viewer', (what, viewer, sentence) => {
  expect(tell(what, viewer)).toEqual(sentence);
});

test.each([
  ['taken', event(taken, byMara), { key: 'taken', name: 'Mara' }],
  ['assigned', event(taken, SYSTEM), { key: 'taken', name: 'Mara' }],
  ['back to the queue', event(requeued, byMara), null],
  ['forwarded to a department', event(passed, byMara), null],
  ['forwarded to a colleague', event(forwarded, byMara), { key: 'taken', name: 'Mara' }],
  ['joined', event(joined, agentAuthor(NOOR)), { key: 'joined', name: 'Mara' }],
  ['left', left, { key: 'left', name: 'Mara' }],
  ['ended by an agent', event(ended, byMara), { key: 'ended-by-agent', name: 'Mara' }],
  ['ended by the visitor', event(ended, byVisitor), { key: 'ended-by-you' }],
  ['ended by itself', event(itself, SYSTEM), { key: 'ended', message: 'Write any time.' }],
  ['ended without a word', event(ended, SYSTEM), { key: 'ended', message: null }],
])('[LF38] of one that is %s the visitor reads who is with them', (_what, what, sentence) => {
  expect(describeToVisitor(what)).toEqual(sentence);
});

test('[LF38] nothing that the visitor reads tells why, by whom, or where to', () => {
  fc.assert(
    fc.property(logs, (log) => {
      for (const one of log.filter((event) => mayHear('everyone', event))) {
        const sentence = describeToVisitor(one);
        for (const told of ['by', 'because', 'departmentId', 'details']) {
          expect(sentence ?? {}).not.toHaveProperty(told);
        }
      }
    }),
  );
});
