// The rules of what happens to a conversation with nobody at the keyboard: routing gives it to an agent, a time
// is up, its agent has gone offline. Pure.

import { accept, refuse, type Outcome } from '#shared/refusals.ts';
import { policyOf } from '#shared/settings/policy.ts';
import type { Settings } from '#shared/settings/schema.ts';
import type { SystemCommand } from './commands.ts';
import { deadlineOf } from './deadlines.ts';
import type { Decision } from './decide.ts';
import type { AgentRef, NewEvent } from './events.ts';
import type { ConversationState, ServingConversation } from './state.ts';

export interface SystemContext {
  readonly settings: Settings;
  /** Epoch milliseconds. */
  readonly now: number;
  /** The answer of the agent to whom it is to be assigned, or who has it on hold. */
  readonly slot: Outcome<AgentRef>;
}

export function decideSystem(
  state: ConversationState,
  command: SystemCommand,
  context: SystemContext,
): Decision {
  switch (command.type) {
    case 'conversation.assign':
      return decideAssign(state, context);
    case 'conversation.expire':
      return decideExpire(state, context);
    case 'conversation.dismiss':
      return decideDismiss(state, context);
    case 'agent.went-offline':
      return decideAgentOffline(state, command, context.settings);
    case 'alert.escalate':
      return decideEscalate(state, command, context.settings);
    case 'contact.rename':
      return decideRename(state, command.name);
    case 'contact.turn-away':
      return decideTurnAway(state);
    case 'conversation.continue':
      return decideContinue(state, command);
  }
}

function decideAssign(state: ConversationState, { slot }: SystemContext): Decision {
  if (state.status === 'new') return refuse('conversation.unknown');
  if (state.status === 'closed') return refuse('conversation.closed');
  if (state.status !== 'queued') return refuse('conversation.taken', { agent: state.agent.name });
  return slot.ok ? accept([{ type: 'conversation.taken', agent: slot.value }]) : slot;
}

function decideExpire(state: ConversationState, { settings, now, slot }: SystemContext): Decision {
  const deadline = deadlineOf(state, settings);
  if (!deadline || deadline.at > now) return accept([]);
  // The agent who has it on hold may have gone, or be full: then the first who can goes on.
  const isLost = deadline.event.type === 'conversation.resumed' && !slot.ok;
  return accept([isLost ? { type: 'conversation.requeued', because: 'resumed' } : deadline.event]);
}

/** It waited for longer than the operator lets it. One that an agent got meanwhile goes on. */
function decideDismiss(state: ConversationState, { settings }: SystemContext): Decision {
  if (state.status === 'new') return refuse('conversation.unknown');
  if (state.status !== 'queued') return accept([]);
  const { close_message: message } = policyOf(settings, state.departmentId).queue;
  return accept([
    { type: 'conversation.ended', because: 'waited-too-long', ...(message && { message }) },
  ]);
}

/**
 * What becomes of a conversation whose agent counts as offline is the department's choice. One on hold waits
 * for the visitor anyway; their next message finds another agent.
 */
function decideAgentOffline(
  state: ConversationState,
  { agentId, forGood }: Extract<SystemCommand, { type: 'agent.went-offline' }>,
  settings: Settings,
): Decision {
  if (state.status !== 'serving' || state.agent.id !== agentId) return accept([]);
  const events = afterAgentOffline(state, settings);
  // Nobody keeps a conversation for an agent who does not come back.
  return accept(forGood && events.length === 0 ? [REQUEUED] : events);
}

/** The agent's own silence is not told to others once they, or a colleague, have answered. */
function decideEscalate(
  state: ConversationState,
  { agentId }: Extract<SystemCommand, { type: 'alert.escalate' }>,
  settings: Settings,
): Decision {
  if (state.status !== 'serving' || state.agent.id !== agentId) return accept([]);
  const { then } = policyOf(settings, state.departmentId).alerts;
  if (then === 'none' || state.turn?.of !== 'agent') return accept([]);
  return accept([{ type: 'alert.escalated', agent: state.agent, to: then }]);
}

const REQUEUED: NewEvent = { type: 'conversation.requeued', because: 'agent-gone' };

function afterAgentOffline(state: ServingConversation, settings: Settings): NewEvent[] {
  const {
    action,
    forward_to,
    close_message: message,
  } = policyOf(settings, state.departmentId).agent_offline;
  switch (action) {
    case 'keep':
      return [];
    case 'close':
      return [{ type: 'conversation.ended', because: 'agent-gone', ...(message && { message }) }];
    case 'requeue':
      return [REQUEUED];
    case 'forward': {
      const target = settings.departments.find(({ id }) => id === forward_to);
      return target?.enabled && target.id !== state.departmentId
        ? [{ type: 'conversation.forwarded', departmentId: target.id, agent: null }]
        : [REQUEUED];
    }
  }
}

/** Also after the end, for those who still look at it. */
function decideRename(state: ConversationState, name: string): Decision {
  if (state.status === 'new') return refuse('conversation.unknown');
  return accept(state.visitor.name === name ? [] : [{ type: 'contact.renamed', name }]);
}

/** One that an agent has got meanwhile is theirs to end. */
function decideTurnAway(state: ConversationState): Decision {
  if (state.status !== 'queued') return accept([]);
  return accept([{ type: 'conversation.ended', because: 'blocked' }]);
}

/** Whose the next one is was said by the visitor's client. */
function decideContinue(
  state: ConversationState,
  { nextId, visitorId }: Extract<SystemCommand, { type: 'conversation.continue' }>,
): Decision {
  if (state.status !== 'closed' || state.visitor.id !== visitorId || state.nextId === nextId) {
    return accept([]);
  }
  return accept([{ type: 'conversation.continued', nextId }]);
}
