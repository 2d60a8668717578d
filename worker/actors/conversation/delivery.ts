// Where a conversation's effects go: its department, its agents, what is derived from its log.

import type { SystemCommand } from '#shared/conversation/commands.ts';
import type { QueuedConversation } from '#shared/conversation/state.ts';
import { SYSTEM } from '#shared/identity.ts';
import { newCommandId, type AgentId, type ConversationId, type DepartmentId } from '#shared/ids.ts';
import { MENTION_CHARACTERS } from '#shared/mention.ts';
import { policyOf } from '#shared/settings/policy.ts';
import { shortened } from '#shared/text.ts';
import { ensureContactOf } from '../../contact/of-conversation.ts';
import { preferredAgents } from '../../io/contacts.ts';
import { isIndexed } from '../../io/conversations.ts';
import { settingsOf } from '../../io/settings.ts';
import { putUndelivered } from '../../io/undelivered.ts';
import { Outbox } from '../parts/outbox.ts';
import { within } from '../parts/within.ts';
import { alertOf } from './alert-of.ts';
import { readEffect, slotsIn, type ConversationEffect } from './effects.ts';
import type { ConversationLog } from './log.ts';
import type { Projector } from './projections/projector.ts';
import { queueEntryOf } from './queue-entry.ts';

/** As long as a new conversation waits for the directory to say who should have it. */
const PREFERENCE_WITHIN_MS = 300;

interface Deps {
  readonly id: ConversationId;
  readonly log: ConversationLog;
  readonly projector: Projector;
  /** By Parley itself, in this conversation. */
  readonly perform: (command: SystemCommand) => Promise<unknown>;
  readonly env: Pick<Env, 'AGENT' | 'CONVERSATION' | 'DEPARTMENT' | 'DIRECTORY' | 'settings'>;
  readonly now: () => number;
}

export function openOutbox(sql: SqlStorage, deps: Deps): Outbox<ConversationEffect> {
  const { id: actorId, env, now } = deps;
  return new Outbox(sql, {
    read: readEffect,
    deliver: (effect) => deliver(effect, deps),
    giveUp: (what) =>
      putUndelivered(env.DIRECTORY, { ...what, actor: 'conversation', actorId, givenUpAt: now() }),
    now,
  });
}

async function deliver(effect: ConversationEffect, deps: Deps): Promise<void> {
  const { log, projector } = deps;
  switch (effect.to) {
    case 'queue':
      return enqueue(effect, deps);
    case 'queue-exit':
      return dequeue(effect, deps);
    case 'slot':
      return confirmSlot(effect, deps);
    case 'colleagues':
      return tellColleagues(effect, deps);
    case 'call':
      return callAgent(effect.agentId, deps);
    case 'contact':
      return meetContact(deps);
    case 'mention':
      return tellMentioned(effect, deps);
    case 'previous':
      return tellPrevious(deps);
    case 'projections':
      return projector.run(isUnsearched(log) ? ['index'] : undefined);
  }
}

/** Its words are stored at its end, or when the search would lag too far behind: together they take fewer rows. */
const isUnsearched = (log: ConversationLog): boolean =>
  log.state.status !== 'closed' && log.cursorOf('search') === 0;

async function enqueue(
  { departmentId, isNew }: { departmentId: DepartmentId; isNew: boolean },
  deps: Deps,
): Promise<void> {
  const { id, env, log } = deps;
  const { state, seq } = log;
  // What has happened since has an effect of its own.
  if (state.status !== 'queued' || state.departmentId !== departmentId) return;
  const entry = queueEntryOf(id, state, seq, settingsOf(env));
  const preferred = isNew ? await preferredOf(state, env) : [];
  await env.DEPARTMENT.getByName(departmentId).put(entry, preferred);
}

async function dequeue(
  { departmentId, seq }: { departmentId: DepartmentId; seq: number },
  { id, env, log }: Deps,
): Promise<void> {
  const { state } = log;
  if (state.status === 'new') return;
  const key = { conversationId: id, visitorId: state.visitor.id };
  await env.DEPARTMENT.getByName(departmentId).remove(key, seq);
}

/** A directory that is slow or down keeps nobody waiting: then the next agent who can serves. */
async function preferredOf(
  { channel, visitor, wanted, departmentId }: QueuedConversation,
  env: Deps['env'],
): Promise<AgentId[]> {
  const { last_agent_first: lastAgentFirst } = policyOf(settingsOf(env), departmentId).routing;
  const identity = { kind: channel, value: visitor.id };
  try {
    return await within(
      PREFERENCE_WITHIN_MS,
      preferredAgents(env.DIRECTORY, identity, { wanted, lastAgentFirst }),
    );
  } catch (error) {
    console.error('routing: the directory did not say who is preferred', String(error));
    return wanted ? [wanted] : [];
  }
}

/** They may be known by another name, or be blocked where the department did not know it yet. */
async function meetContact({ env, log, perform }: Deps): Promise<void> {
  const { state } = log;
  if (state.status === 'new') return;
  const contact = await ensureContactOf(state, env.DIRECTORY);
  if (contact && contact.name !== state.visitor.name) {
    await perform({ type: 'contact.rename', name: contact.name });
  }
  if (!contact?.isBlocked) return;
  await env.DEPARTMENT.getByName(state.departmentId).setBlocked([state.visitor.id], true);
  await perform({ type: 'contact.turn-away' });
}

/** People who look at it, on either side, find the way on. */
async function tellPrevious({ id, env, log }: Deps): Promise<void> {
  const { state } = log;
  if (state.status === 'new' || state.previousId === null) return;
  const { previousId, visitor } = state;
  // A visitor's client may have made it up, and no object is made for that.
  if (!(await isIndexed(env.DIRECTORY, previousId))) return;
  const command = { type: 'conversation.continue', nextId: id, visitorId: visitor.id } as const;
  await env.CONVERSATION.getByName(previousId).perform(SYSTEM, command, newCommandId(), 0);
}

/** Told as it is now, as of the event's `seq`: what was reserved after that is not touched. */
async function confirmSlot(
  { agentId, seq, call }: Extract<ConversationEffect, { to: 'slot' }>,
  { id, log, env }: Deps,
): Promise<void> {
  const { state } = log;
  if (state.status === 'new') return;
  const { departmentId, visitor } = state;
  const as = slotsIn(state).get(agentId) ?? null;
  const whose = { conversationId: id, departmentId, visitorId: visitor.id };
  await env.AGENT.getByName(agentId).confirmSlot({ ...whose, as, seq, ...(call && { call }) });
}

async function tellColleagues(
  effect: Extract<ConversationEffect, { to: 'colleagues' }>,
  { id, log, env }: Deps,
): Promise<void> {
  const { departmentId, except, which, reason } = effect;
  // Of an agent who has seen it after all, nobody else is told.
  const alert = alertOf(id, log, except, reason === 'sla' ? 'sla' : 'message');
  if (!alert) return;
  const department = env.DEPARTMENT.getByName(departmentId);
  // After all that one of them may have seen of it.
  await department.tellColleagues({ ...alert, reason, seq: log.seq }, except, which);
}

async function callAgent(agentId: AgentId, { id, log, env }: Deps): Promise<void> {
  const alert = alertOf(id, log, agentId, 'sla');
  if (alert) await env.AGENT.getByName(agentId).alert(alert);
}

async function tellMentioned(
  { agentId, seq }: { agentId: AgentId; seq: number },
  { id: conversationId, log, env }: Deps,
): Promise<void> {
  const { state } = log;
  const [note] = log.readAfter(seq - 1, 1);
  if (note?.type !== 'note.added' || state.status === 'new') return;
  const { at, by, body } = note;
  const mention = {
    ...{ conversationId, seq, at },
    by: 'name' in by ? by.name : '',
    visitorName: state.visitor.name,
    departmentId: state.departmentId,
    text: shortened(body.text, MENTION_CHARACTERS),
  };
  await env.AGENT.getByName(agentId).hear({ of: 'mention', mention });
}
