// People for tests of actors: visitors and agents with sockets straight at the objects.

import { env } from 'cloudflare:workers';
import * as v from 'valibot';
import { textBody, type MessageBody } from '#shared/conversation/body.ts';
import type { Availability, QueueEntry } from '#shared/department.ts';
import type { AgentPrincipal, ConnectedPrincipal, VisitorPrincipal } from '#shared/identity.ts';
import {
  agentIdSchema,
  departmentIdSchema,
  newConversationId,
  newVisitorId,
  type ConversationId,
  type DepartmentId,
} from '#shared/ids.ts';
import type { Role } from '#shared/permissions.ts';
import { withIdentity } from '../actors/parts/identity-header.ts';
import { settingsOf } from '../io/settings.ts';
import { Wire, type Frame } from '../../scripts/client/wire.ts';

export type { Frame };

export const SALES = v.parse(departmentIdSchema, 'sales');
export const SUPPORT = v.parse(departmentIdSchema, 'support');

export const aVisitor = (): VisitorPrincipal => ({ kind: 'visitor', visitorId: newVisitorId() });

export interface AgentOptions {
  role?: Role;
  departments?: DepartmentId[];
  /** How many conversations they may serve at a time; null: as many as the settings say. */
  maxConversations?: number | null;
}

export function anAgent(
  name: string,
  { role = 'agent', departments = [SALES], maxConversations = null }: AgentOptions = {},
): AgentPrincipal {
  const agentId = v.parse(agentIdSchema, `${name}-${crypto.randomUUID().slice(0, 8)}`);
  const permissions = settingsOf(env).roles[role];
  return { kind: 'agent', agentId, name, departments, permissions, maxConversations };
}

interface Upgradable {
  fetch(request: Request): Promise<Response>;
}

/** A socket at an object, which has not said hello. */
export async function open(stub: Upgradable, by: ConnectedPrincipal): Promise<Wire> {
  const request = new Request('https://parley.test/', { headers: { upgrade: 'websocket' } });
  const { webSocket } = await stub.fetch(withIdentity(request, { by, lookedUpAt: Date.now() }));
  if (!webSocket) throw new Error('no socket');
  const wire = new Wire(webSocket);
  webSocket.accept();
  return wire;
}

export const conversationOf = (id: ConversationId) => env.CONVERSATION.getByName(id);
export const agentActorOf = ({ agentId }: AgentPrincipal) => env.AGENT.getByName(agentId);

/** A greeted socket at a conversation. */
export async function at(
  id: ConversationId,
  by: ConnectedPrincipal,
  since: number | null = null,
): Promise<Wire> {
  const wire = await open(conversationOf(id), by);
  await wire.hello(since);
  return wire;
}

/** A socket at a conversation that has not said hello. */
export const knock = (id: ConversationId, by: ConnectedPrincipal): Promise<Wire> =>
  open(conversationOf(id), by);

export async function atDepartment(
  departmentId: typeof SALES,
  by: ConnectedPrincipal,
): Promise<Wire> {
  const wire = await open(env.DEPARTMENT.getByName(departmentId), by);
  await wire.hello();
  return wire;
}

/** An agent's workspace tab, in which they have set their availability. */
export async function atOwnStream(
  by: AgentPrincipal,
  availability: Availability = 'available',
): Promise<Wire> {
  const wire = await open(agentActorOf(by), by);
  await wire.hello();
  await wire.must({ type: 'availability.set', availability });
  return wire;
}

export const opening = (
  text = 'Hello?',
  departmentId = SALES,
  previousId: ConversationId | null = null,
) => ({
  type: 'conversation.open',
  departmentId,
  body: textBody(text),
  previousId,
  page: null,
  locale: null,
});

/** A conversation that waits in the queue, and its visitor's socket. */
export async function aQueuedConversation(
  visitor = aVisitor(),
  departmentId = SALES,
  previousId: ConversationId | null = null,
): Promise<{ id: ConversationId; visitor: VisitorPrincipal; wire: Wire }> {
  const id = newConversationId();
  const wire = await at(id, visitor);
  await wire.must(opening('Hello?', departmentId, previousId));
  return { id, visitor, wire };
}

/** One that `agent` has taken. */
export async function aServedConversation(agent: AgentPrincipal) {
  const { id, visitor, wire } = await aQueuedConversation();
  const own = await atOwnStream(agent);
  const agentWire = await at(id, agent);
  await agentWire.command({ type: 'conversation.take' });
  return { id, visitor, wire, agentWire, own };
}

const admin = anAgent('Ada', { role: 'admin', departments: [] });

/** A conversation that is opened, as one has it who may see everything. */
export async function stateOf(id: ConversationId) {
  const outcome = await conversationOf(id).snapshot(admin);
  if (!outcome.ok || outcome.value.state.status === 'new') throw new Error('not opened');
  return outcome.value.state;
}

/** The conversations that wait in a department, in order. */
export async function queueIn(departmentId: DepartmentId): Promise<QueueEntry[]> {
  const outcome = await env.DEPARTMENT.getByName(departmentId).snapshot(admin);
  if (!outcome.ok) throw new Error('an admin sees every queue');
  return outcome.value.queue;
}

/** From 1; null for a conversation that does not wait there. */
export async function positionIn(
  departmentId: DepartmentId,
  id: ConversationId,
): Promise<number | null> {
  const queue = await queueIn(departmentId);
  const index = queue.findIndex(({ conversationId }) => conversationId === id);
  return index === -1 ? null : index + 1;
}

/** What was said, by whom, in order: the thread as a reader has it. */
export const saidIn = (events: readonly Frame[]): unknown[] =>
  events
    .filter(({ type }) => type === 'message.sent')
    .map(({ body }) => (body as MessageBody).text);

export const codeOf = ({ refusal }: Frame): unknown =>
  (refusal as { code?: unknown } | undefined)?.code;
