// The rules of a conversation: what each command leads to, and who may give it. Pure: the conversation's
// actor decides by it, and the workspace tells by it why an action can't be used.

import type { AgentBy, VisitorBy } from '#shared/identity.ts';
import { accept, refuse, type Outcome, type Refused } from '#shared/refusals.ts';
import type { DepartmentRules, Rules } from '#shared/settings/rules.ts';
import { ofColleague, type Asked } from './asked.ts';
import type { Command, CommandOf } from './commands.ts';
import { changedIn, incomplete, unknownTag } from './details.ts';
import type { ConversationFact } from './events.ts';
import { isServing, lacking, mayRead, strangerAt, takesPart, type Anybody } from './parties.ts';
import type { ConversationState, LiveConversation } from './state.ts';

export type Decision = Outcome<ConversationFact[]>;

export function decide(state: ConversationState, command: Command, asked: Asked): Decision {
  const { by, rules } = asked;
  const text = 'text' in command ? judgeText(command.text, rules) : accept([]);
  if (!text.ok) return text;
  if (command.type === 'conversation.open') return decideOpen(state, command, asked);
  if (state.status === 'new') return refuse('conversation.unknown');
  if (by.kind !== 'system' && !mayRead(state, by)) return refuse('conversation.unknown');
  if (state.status === 'closed') return refuse('conversation.closed');
  return decideOpened(state, command, asked);
}

function decideOpened(
  state: LiveConversation,
  command: Exclude<Command, { type: 'conversation.open' }>,
  asked: Asked,
): Decision {
  switch (command.type) {
    case 'message.send':
      return decideSend(state, command, asked);
    case 'conversation.take':
      return decideTake(state, asked);
    case 'conversation.assign':
      return decideAssign(state, asked);
    case 'conversation.requeue':
      return decideRequeue(state, asked);
    case 'conversation.forward':
      return decideForward(state, command, asked);
    case 'conversation.hold':
      return decideHold(state, asked);
    case 'conversation.resume':
      return decideResume(state, asked);
    case 'conversation.end':
      return decideEnd(state, command, asked);
    case 'agent.invite':
      return decideInvite(state, command, asked);
    case 'conversation.leave':
      return decideLeave(state, asked);
    case 'details.set':
      return decideDetails(state, command, asked);
  }
}

/** Undefined for one that the settings no longer have. */
const departmentOf = (
  { departmentId }: LiveConversation,
  { departments }: Rules,
): DepartmentRules | undefined => departments.find(({ id }) => id === departmentId);

function judgeText(text: string, { messageCharacters: limit }: Rules): Decision {
  if (text.length <= limit) return accept([]);
  return refuse('message.too-long', { limit, found: text.length });
}

function decideOpen(
  state: ConversationState,
  { departmentId, text, previousId, page, agentId }: CommandOf<'conversation.open'>,
  { by, rules, admission }: Asked,
): Decision {
  if (by.kind !== 'visitor') return refuse('conversation.unknown');
  if (state.status !== 'new') {
    return refuse(mayRead(state, by) ? 'conversation.exists' : 'conversation.unknown');
  }
  if (!rules.departments.some(({ id }) => id === departmentId)) {
    return refuse('department.unknown', { department: departmentId });
  }
  if (!admission.ok) return admission;
  const visitor = { id: by.visitorId, name: provisionalName(by) };
  return accept([
    {
      type: 'conversation.opened',
      visitor,
      departmentId: admission.value,
      previousId,
      page,
      wanted: agentId ?? null,
    },
    { type: 'message.sent', text },
  ]);
}

/** Until he gives his name, something that tells him from the others. */
const provisionalName = ({ visitorId }: VisitorBy): string =>
  `Visitor ${visitorId.slice(-4).toUpperCase()}`;

function decideSend(
  state: LiveConversation,
  { text }: CommandOf<'message.send'>,
  asked: Asked,
): Decision {
  const { by, after, place } = asked;
  const sent = { type: 'message.sent', text } as const;
  if (by.kind === 'agent') {
    const no = mayWrite(state, by, after);
    return no ?? accept([sent]);
  }
  if (state.status !== 'held') return accept([sent]);
  // Who wrote on is served: by the same agent if he can, else by whoever can first.
  return accept([
    sent,
    place.ok
      ? { type: 'conversation.resumed' }
      : { type: 'conversation.requeued', because: 'resumed' },
  ]);
}

function mayWrite(state: LiveConversation, by: AgentBy, after: number): Refused | null {
  if (state.status === 'queued') return refuse('conversation.not-taken');
  if (!takesPart(state, by)) return refuse('conversation.not-yours', { agent: state.agent.name });
  if (state.status === 'held') return refuse('conversation.on-hold');
  const { lastReply } = state;
  if (lastReply && lastReply.seq > after && lastReply.agent.id !== by.agentId) {
    return refuse('message.stale', { agent: lastReply.agent.name });
  }
  return null;
}

function decideTake(state: LiveConversation, { by, place }: Asked): Decision {
  const no = lacking(by, 'conversation.take');
  if (no) return no;
  if (by.kind !== 'agent' || !by.departments.includes(state.departmentId)) {
    return refuse('department.not-yours');
  }
  if (isServing(state, by)) return accept([]);
  if (state.status !== 'queued') return refuse('conversation.taken', { agent: state.agent.name });
  return place.ok ? accept([{ type: 'conversation.taken', agent: place.value }]) : place;
}

function decideAssign(state: LiveConversation, { by, place }: Asked): Decision {
  if (by.kind !== 'system') return refuse('conversation.unknown');
  if (state.status !== 'queued') return refuse('conversation.taken', { agent: state.agent.name });
  return place.ok ? accept([{ type: 'conversation.taken', agent: place.value }]) : place;
}

function decideRequeue(state: LiveConversation, { by, rules }: Asked): Decision {
  const no = strangerAt(state, by);
  if (no) return no;
  if (state.status === 'queued') return refuse('conversation.not-taken');
  if (state.status === 'held') return refuse('conversation.on-hold');
  if (!departmentOf(state, rules)?.isManual) return refuse('routing.automatic');
  return accept([{ type: 'conversation.requeued', because: 'moved' }]);
}

function decideForward(
  state: LiveConversation,
  { to, comment }: CommandOf<'conversation.forward'>,
  { by, rules, place, admission }: Asked,
): Decision {
  const no = strangerAt(state, by) ?? lacking(by, 'conversation.transfer');
  if (no) return no;
  if (state.status === 'held') return refuse('conversation.on-hold');
  const comments = comment ? [{ type: 'comment.added' as const, text: comment }] : [];
  const { departmentId } = state;
  if (to.kind === 'agent') {
    if (state.status === 'serving' && state.agent.id === to.agentId) {
      return refuse('forward.same-agent', { agent: state.agent.name });
    }
    const answer = ofColleague(place);
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
  // The department that would stand in is the one it comes from: nothing would be gained but a place lost.
  if (admission.value === departmentId) return refuse('forward.same-department');
  return accept([
    ...comments,
    { type: 'conversation.forwarded', departmentId: admission.value, agent: null },
  ]);
}

function decideHold(state: LiveConversation, { by, rules }: Asked): Decision {
  const no = strangerAt(state, by) ?? lacking(by, 'conversation.hold');
  if (no) return no;
  if (!departmentOf(state, rules)?.holdAllowed) return refuse('hold.disabled');
  if (state.status === 'queued') return refuse('conversation.not-taken');
  if (state.status === 'held') return refuse('conversation.on-hold');
  if (state.lastMessage?.from !== 'agent') return refuse('hold.visitor-waits');
  return accept([{ type: 'conversation.held' }]);
}

function decideResume(state: LiveConversation, { by, place }: Asked): Decision {
  const no = strangerAt(state, by);
  if (no) return no;
  if (state.status !== 'held') return refuse('conversation.not-on-hold');
  const answer = isServing(state, by) ? place : ofColleague(place);
  return answer.ok ? accept([{ type: 'conversation.resumed' }]) : answer;
}

function decideEnd(
  state: LiveConversation,
  { comment, tags }: CommandOf<'conversation.end'>,
  { by, rules }: Asked,
): Decision {
  if (by.kind === 'visitor') return accept([{ type: 'conversation.ended' }]);
  const no =
    strangerToEnd(state, by) ??
    unknownTag(tags, rules) ??
    incomplete(departmentOf(state, rules), comment, tags ?? state.details.tags);
  if (no) return no;
  const changes = changedIn({ tags }, state.details);
  return accept([
    ...(changes ? [{ type: 'details.changed' as const, ...changes }] : []),
    { type: 'conversation.ended' },
    ...(comment ? [{ type: 'comment.added' as const, text: comment }] : []),
  ]);
}

function strangerToEnd(state: LiveConversation, by: Anybody): Refused | null {
  if (state.status === 'queued') return lacking(by, 'conversation.end-others');
  return strangerAt(state, by, 'conversation.end-others');
}
function decideInvite(
  state: LiveConversation,
  { agentId }: CommandOf<'agent.invite'>,
  { by, place }: Asked,
): Decision {
  if (state.status === 'queued') return refuse('conversation.not-taken');
  const no = takesPart(state, by) ? null : strangerAt(state, by);
  if (no) return no;
  const present = [state.agent, ...state.helpers];
  if (present.some(({ id }) => id === agentId)) return accept([]);
  const answer = ofColleague(place);
  return answer.ok ? accept([{ type: 'agent.joined', agent: answer.value }]) : answer;
}

function decideLeave(state: LiveConversation, { by }: Asked): Decision {
  const helper = state.helpers.find(({ id }) => by.kind === 'agent' && id === by.agentId);
  if (!helper) return refuse('conversation.not-invited');
  return accept([{ type: 'agent.left', agent: helper }]);
}

function decideDetails(
  state: LiveConversation,
  { type: _, ...wanted }: CommandOf<'details.set'>,
  { by, rules }: Asked,
): Decision {
  const no = strangerAt(state, by) ?? unknownTag(wanted.tags, rules);
  if (no) return no;
  const { priority, sla } = wanted;
  if (priority && !rules.priorities.some(({ id }) => id === priority)) {
    return refuse('priority.unknown', { priority });
  }
  if (sla && !rules.sla.some(({ id }) => id === sla)) return refuse('sla.unknown', { sla });
  const changes = changedIn(wanted, state.details);
  return accept(changes ? [{ type: 'details.changed', ...changes }] : []);
}
