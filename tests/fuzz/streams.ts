// What is said over each kind of socket: frames that are nearly right, and anything else.

import fc from 'fast-check';
import type { AgentCommand } from '#shared/agent.ts';
import { DEFAULT_PREFERENCES } from '#shared/alerts/preferences.ts';
import { textBody } from '#shared/conversation/body.ts';
import type { ConversationCommand } from '#shared/conversation/commands.ts';
import type { ConversationSignal } from '#shared/conversation/signals.ts';
import { PROTOCOL } from '#shared/frames.ts';
import { notesIn } from '#shared/internal-drafts.ts';
import { newCommandId, type AgentId, type DepartmentId } from '#shared/ids.ts';
import type { Wire } from '../../scripts/client/wire.ts';
import { hostileText, nearly } from './hostile.ts';
import { agentAt, visitorAt, type World } from './world.ts';

export type Said = string | ArrayBuffer;

export interface Stream {
  readonly name: string;
  readonly connect: (world: World) => Promise<Wire>;
  /** What a client may say here. */
  readonly valid: (world: World) => readonly unknown[];
}

const hello = { type: 'hello', protocol: PROTOCOL, since: null };
const given = (command: object) => ({ type: 'command', id: newCommandId(), after: 0, command });
// Ids of the demo; whether there is such an agent makes no difference to how a frame is read.
const agentId = crypto.randomUUID() as AgentId;
const departmentId = 'support' as DepartmentId;

/** One of each type, so that a new one is not forgotten. */
const CONVERSATION_COMMANDS: {
  [T in ConversationCommand['type']]: Extract<ConversationCommand, { type: T }>;
} = {
  'message.send': { type: 'message.send', body: textBody('Do you have ferns?'), replyTo: 2 },
  'message.edit': { type: 'message.edit', message: 2, body: textBody('Do you have ivy?') },
  'message.delete': { type: 'message.delete', message: 2 },
  'conversation.open': {
    ...{ type: 'conversation.open', departmentId, body: textBody('Hello'), previousId: null },
    ...{ page: 'https://shop.example/', locale: 'en', agentId },
    ...{ referrer: 'https://search.example/', timeZone: 'Europe/London' },
  },
  'conversation.take': { type: 'conversation.take' },
  'conversation.requeue': { type: 'conversation.requeue' },
  'conversation.forward': {
    ...{ type: 'conversation.forward', to: { kind: 'department', departmentId }, comment: 'x' },
  },
  'conversation.hold': { type: 'conversation.hold', until: 2_000_000_000_000 },
  'conversation.resume': { type: 'conversation.resume' },
  'conversation.end': { type: 'conversation.end', comment: null, tags: ['Order'] },
  'agent.invite': { type: 'agent.invite', agentId },
  'conversation.leave': { type: 'conversation.leave' },
  'note.add': { type: 'note.add', body: textBody('@mara, ferns?'), mentions: [agentId] },
  'details.set': {
    ...{ type: 'details.set', topic: 'Ferns', tags: [], priority: 'low', sla: 'gold' },
    fields: { order: '7', size: null },
  },
  'conversation.wrap-up': { type: 'conversation.wrap-up', comment: 'Sold', tags: ['Order'] },
};

const SIGNALS: {
  [T in ConversationSignal['type']]: Extract<ConversationSignal, { type: T }>;
} = {
  typing: { type: 'typing', typing: true },
  receipt: { type: 'receipt', delivered: 1, seen: 1 },
  page: { type: 'page', page: 'https://shop.example/ferns' },
  looking: { type: 'looking', looking: true },
};

const agentCommands = ({ conversationId }: World) =>
  ({
    'availability.set': { type: 'availability.set', availability: 'available' },
    'draft.keep': { type: 'draft.keep', conversationId, text: 'Yes, we' },
    'alerts.set': { type: 'alerts.set', preferences: DEFAULT_PREFERENCES },
    'alert.unseen': { type: 'alert.unseen', conversationId, departmentId, seq: 1 },
    'alert.seen': { type: 'alert.seen', about: conversationId, seq: 1 },
    'internal-draft.keep': {
      ...{ type: 'internal-draft.keep', place: notesIn(conversationId), text: 'They ask' },
    },
    'mention.see': { type: 'mention.see', conversationId },
  }) satisfies { [T in AgentCommand['type']]: Extract<AgentCommand, { type: T }> };

const inConversation = () => [
  hello,
  ...Object.values(CONVERSATION_COMMANDS).map(given),
  ...Object.values(SIGNALS).map((signal) => ({ type: 'signal', signal })),
];

export const STREAMS: readonly Stream[] = [
  { name: 'visitor at a conversation', connect: visitorAt, valid: inConversation },
  {
    name: 'agent at a conversation',
    connect: (world) => agentAt(world, `/ws/conversations/${world.conversationId}`),
    valid: inConversation,
  },
  {
    name: 'agent at a department',
    connect: (world) => agentAt(world, '/ws/departments/sales'),
    valid: () => [hello],
  },
  {
    name: 'agent at their own stream',
    connect: (world) => agentAt(world, '/ws/agents/me'),
    valid: (world) => [hello, ...Object.values(agentCommands(world)).map(given)],
  },
];

/** What is said over a stream. */
export const saidAt = ({ valid }: Stream, world: World): fc.Arbitrary<Said> =>
  fc.oneof(
    { weight: 8, arbitrary: fc.oneof(...valid(world).map(nearly)) },
    { weight: 1, arbitrary: hostileText },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map(({ buffer }) => buffer) },
  );
