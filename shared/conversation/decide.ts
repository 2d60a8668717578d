// The rules of a conversation: what each command of a person leads to, and who may give it. What happens by
// itself is in decide-system.ts. Pure: the conversation's actor decides by it, and the workspace tells by it why
// an action can't be used.

import type { AgentPrincipal, Principal } from '#shared/identity.ts';
import { contactIdOfVisitor } from '#shared/ids.ts';
import { accept, refuse, type Outcome, type Refused } from '#shared/refusals.ts';
import type { Rules } from '#shared/settings/rules.ts';
import { asColleagueRefusal, type DecisionContext } from './decision-context.ts';
import { amendWithinSeconds, decideAmending, judgeBody, quoted } from './decide-message.ts';
import { decideNote } from './decide-note.ts';
import type { BeginCommand, CommandOf, ConversationCommand } from './commands.ts';
import { decideBegin } from './decide-begin.ts';
import {
  changedIn,
  decideDetails,
  decideWrapUp,
  departmentOf,
  detailsChanged,
  missingForEnd,
  unknownIn,
} from './details.ts';
import { LIVECHAT, type Client, type NewEvent } from './events.ts';
import {
  isServing,
  isVisitor,
  mayRead,
  requireAssignee,
  requirePermission,
  takesPart,
} from './access.ts';
import type { ClosedConversation, ConversationState, LiveConversation } from './state.ts';
import { provisionalName } from './visitor-name.ts';

export type Decision = Outcome<NewEvent[]>;

export function decide(
  state: ConversationState,
  command: ConversationCommand | BeginCommand,
  context: DecisionContext,
): Decision {
  const { by, rules } = context;
  const body = 'body' in command ? judgeBody(command.body, rules) : null;
  if (body) return body;
  if (command.type === 'conversation.begin') return decideBegin(state, command, context);
  if (command.type === 'conversation.open') return decideOpen(state, command, context);
  if (state.status === 'new') return refuse('conversation.unknown');
  if (!mayRead(state, by)) return refuse('conversation.unknown');
  if (state.status === 'closed') return decideClosed(state, command, context);
  return decideOpened(state, command, context);
}

type Later = Exclude<ConversationCommand, { type: 'conversation.open' }>;

function decideClosed(
  state: ClosedConversation,
  command: Later,
  context: DecisionContext,
): Decision {
  if (command.type === 'details.set') return decideDetails(state, command, context);
  if (command.type === 'conversation.wrap-up') return decideWrapUp(state, command, context);
  return refuse('conversation.closed');
}

function decideOpened(state: LiveConversation, command: Later, context: DecisionContext): Decision {
  switch (command.type) {
    case 'message.send':
      return decideSend(state, command, context);
    case 'message.edit':
    case 'message.delete':
      return decideAmending(command, context, amendWithinSeconds(state, context.rules));
    case 'conversation.take':
      return decideTake(state, context);
    case 'conversation.requeue':
      return decideRequeue(state, context);
    case 'conversation.forward':
      return decideForward(state, command, context);
    case 'conversation.hold':
      return decideHold(state, command, context);
    case 'conversation.resume':
      return decideResume(state, context);
    case 'conversation.end':
      return decideEnd(state, command, context);
    case 'agent.invite':
      return decideInvite(state, command, context);
    case 'note.add':
      return decideNote(command, context);
    case 'conversation.leave':
      return decideLeave(state, context);
    case 'details.set':
      return decideDetails(state, command, context);
    case 'conversation.wrap-up':
      return refuse('conversation.not-closed');
  }
}

function decideOpen(
  state: ConversationState,
  opening: CommandOf<'conversation.open'>,
  { by, rules, admission }: DecisionContext,
): Decision {
  const { departmentId, body, previousId, page, locale, agentId } = opening;
  if (!isVisitor(by)) return refuse('conversation.unknown');
  if (state.status !== 'new') {
    return refuse(mayRead(state, by) ? 'conversation.exists' : 'conversation.unknown');
  }
  if (!rules.departments.some(({ id }) => id === departmentId)) {
    return refuse('department.unknown', { department: departmentId });
  }
  if (!admission.ok) return admission;
  const visitor = { id: by.visitorId, name: provisionalName(by.visitorId) };
  return accept([
    {
      type: 'conversation.opened',
      visitor,
      departmentId: admission.value,
      previousId,
      page,
      wanted: agentId ?? null,
      channel: by.kind === 'channel' ? by.channel : LIVECHAT,
      locale,
      contactId: contactIdOfVisitor(visitor.id),
      ...clientOf(opening, by),
    },
    { type: 'message.sent', body },
  ]);
}

const clientOf = (
  { referrer = null, timeZone = null }: CommandOf<'conversation.open'>,
  by: Principal,
): { client?: Client } => {
  const device = (by.kind === 'visitor' && by.device) || null;
  return (referrer ?? timeZone ?? device) ? { client: { referrer, timeZone, device } } : {};
};

function decideSend(
  state: LiveConversation,
  { body, replyTo }: CommandOf<'message.send'>,
  context: DecisionContext,
): Decision {
  const { by, after, slot, message } = context;
  const quote = quoted(replyTo, message);
  if (!quote.ok) return quote;
  const sent = { type: 'message.sent', body, ...quote.value } as const;
  if (by.kind === 'agent') return mayWrite(state, by, after) ?? accept([sent]);
  if (!isVisitor(by)) return refuse('conversation.unknown');
  if (state.status !== 'held') return accept([sent]);
  // A visitor who writes again is served: by the same agent if they can, else by the first who can.
  return accept([
    sent,
    slot.ok
      ? { type: 'conversation.resumed' }
      : { type: 'conversation.requeued', because: 'resumed' },
  ]);
}

function mayWrite(state: LiveConversation, by: AgentPrincipal, after: number): Refused | null {
  if (state.status === 'queued') return refuse('conversation.not-taken');
  if (!takesPart(state, by)) return refuse('conversation.not-yours', { agent: state.agent.name });
  if (state.status === 'held') return refuse('conversation.on-hold');
  const { lastReply } = state;
  if (lastReply && lastReply.seq > after && lastReply.agent.id !== by.agentId) {
    return refuse('message.stale', { agent: lastReply.agent.name });
  }
  return null;
}

function decideTake(state: LiveConversation, { by, rules, slot }: DecisionContext): Decision {
  const no = requirePermission(by, 'conversation.take');
  if (no) return no;
  if (by.kind !== 'agent' || !mayTakeFrom(state, by, rules)) return refuse('department.not-yours');
  if (isServing(state, by)) return accept([]);
  if (state.status !== 'queued') return refuse('conversation.taken', { agent: state.agent.name });
  return slot.ok ? accept([{ type: 'conversation.taken', agent: slot.value }]) : slot;
}

/** A department that the settings no longer have has no members: agents who see all may help its visitors. */
const mayTakeFrom = (state: LiveConversation, by: AgentPrincipal, rules: Rules): boolean =>
  by.departments.includes(state.departmentId) ||
  (!departmentOf(state, rules) && by.permissions.includes('conversation.view-all'));

function decideRequeue(state: LiveConversation, { by, rules }: DecisionContext): Decision {
  const no = requireAssignee(state, by);
  if (no) return no;
  if (state.status === 'queued') return refuse('conversation.not-taken');
  if (state.status === 'held') return refuse('conversation.on-hold');
  if (!departmentOf(state, rules)?.isManual) return refuse('routing.automatic');
  return accept([{ type: 'conversation.requeued', because: 'moved' }]);
}

function decideForward(
  state: LiveConversation,
  { to, comment }: CommandOf<'conversation.forward'>,
  { by, rules, slot, admission }: DecisionContext,
): Decision {
  const no = requireAssignee(state, by) ?? requirePermission(by, 'conversation.transfer');
  if (no) return no;
  if (state.status === 'held') return refuse('conversation.on-hold');
  const comments = comment ? [{ type: 'comment.added' as const, text: comment }] : [];
  const { departmentId } = state;
  if (to.kind === 'agent') {
    if (state.status === 'serving' && state.agent.id === to.agentId) {
      return refuse('forward.same-agent', { agent: state.agent.name });
    }
    const answer = asColleagueRefusal(slot);
    if (!answer.ok) return answer;
    const forwarded = {
      type: 'conversation.forwarded',
      departmentId,
      agent: answer.value,
    } as const;
    return accept([...comments, forwarded]);
  }
  const target = rules.departments.find(({ id }) => id === to.departmentId);
  if (!target) return refuse('department.unknown', { department: to.departmentId });
  if (!target.enabled) return refuse('department.disabled', { department: target.name });
  if (target.id === departmentId) return refuse('forward.same-department');
  if (!admission.ok) return admission;
  // The department that would stand in is the one it comes from: nothing would be gained but a slot lost.
  if (admission.value === departmentId) return refuse('forward.same-department');
  return accept([
    ...comments,
    { type: 'conversation.forwarded', departmentId: admission.value, agent: null },
  ]);
}

function decideHold(
  state: LiveConversation,
  { until }: CommandOf<'conversation.hold'>,
  { by, rules }: DecisionContext,
): Decision {
  const no = requireAssignee(state, by) ?? requirePermission(by, 'conversation.hold');
  if (no) return no;
  if (!departmentOf(state, rules)?.holdAllowed) return refuse('hold.disabled');
  if (state.status === 'queued') return refuse('conversation.not-taken');
  if (state.status === 'held') return refuse('conversation.on-hold');
  if (state.lastMessage?.from !== 'agent') return refuse('hold.visitor-waits');
  return accept([{ type: 'conversation.held', ...(until !== undefined && { until }) }]);
}

function decideResume(state: LiveConversation, { by, slot }: DecisionContext): Decision {
  const no = requireAssignee(state, by);
  if (no) return no;
  if (state.status !== 'held') return refuse('conversation.not-on-hold');
  const answer = isServing(state, by) ? slot : asColleagueRefusal(slot);
  return answer.ok ? accept([{ type: 'conversation.resumed' }]) : answer;
}

function decideEnd(
  state: LiveConversation,
  { comment, tags }: CommandOf<'conversation.end'>,
  { by, rules }: DecisionContext,
): Decision {
  if (isVisitor(by)) return accept([{ type: 'conversation.ended' }]);
  const no =
    requireRightToEnd(state, by) ??
    unknownIn({ tags }, rules) ??
    missingForEnd(departmentOf(state, rules), comment, tags ?? state.details.tags);
  if (no) return no;
  return accept([
    ...detailsChanged(changedIn({ tags }, state.details)),
    { type: 'conversation.ended' },
    ...(comment ? [{ type: 'comment.added' as const, text: comment }] : []),
  ]);
}

function requireRightToEnd(state: LiveConversation, by: Principal): Refused | null {
  if (state.status === 'queued') return requirePermission(by, 'conversation.end-others');
  return requireAssignee(state, by, 'conversation.end-others');
}

function decideInvite(
  state: LiveConversation,
  { agentId }: CommandOf<'agent.invite'>,
  { by, slot }: DecisionContext,
): Decision {
  if (state.status === 'queued') return refuse('conversation.not-taken');
  const no = takesPart(state, by) ? null : requireAssignee(state, by);
  if (no) return no;
  const present = [state.agent, ...state.helpers];
  if (present.some(({ id }) => id === agentId)) return accept([]);
  const answer = asColleagueRefusal(slot);
  return answer.ok ? accept([{ type: 'agent.joined', agent: answer.value }]) : answer;
}

function decideLeave(state: LiveConversation, { by }: DecisionContext): Decision {
  const helper = state.helpers.find(({ id }) => by.kind === 'agent' && id === by.agentId);
  if (!helper) return refuse('conversation.not-invited');
  return accept([{ type: 'agent.left', agent: helper }]);
}
