// The rules of a conversation: what each command leads to, and who may give it. Pure: the conversation's
// actor decides by it, and the workspace tells by it why an action can't be used.

import type {
  AgentFact,
  ConversationFact,
  ConversationState,
  OpenedConversation,
} from './conversation.ts';
import type { ConversationCommand, DeskCommand } from './conversation-commands.ts';
import type { AgentBy, Author, By, SystemBy, VisitorBy } from './identity.ts';
import type { AgentId, DepartmentId } from './ids.ts';
import { accept, refuse, type Outcome, type RefusalCode } from './refusals.ts';
import type { Rules } from './rules.ts';
import type { Permission } from './permissions.ts';

export type Command = ConversationCommand | DeskCommand;
export type Decision = Outcome<ConversationFact[]>;
type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>;

/** What a decision knows beside the state. */
export interface Asked {
  readonly by: By | SystemBy;
  /** The last `seq` that his client had. */
  readonly after: number;
  readonly rules: Rules;
  /** The answer of the agent whom {@link placeFor} names: his place, or why he has none. */
  readonly place: Outcome<AgentFact>;
  /** Where the department that {@link admissionFor} names lets the conversation in. */
  readonly admission: Outcome<DepartmentId>;
}

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

type Open = Exclude<OpenedConversation, { status: 'closed' }>;

function decideOpened(
  state: Open,
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

// --- Who is who.

/** Its visitor, its agents, those of its department, and who may see every department. */
export function mayRead(state: ConversationState, by: By): boolean {
  if (state.status === 'new') return by.kind === 'visitor';
  if (by.kind === 'visitor') return by.visitorId === state.visitor.id;
  return (
    takesPart(state, by) ||
    by.departments.includes(state.departmentId) ||
    by.permissions.includes('conversation.view-all')
  );
}

type Anybody = By | SystemBy;

/** Whether it is his: he serves it, or has it on hold. */
export function isServing(state: ConversationState, by: Anybody): boolean {
  if (state.status !== 'serving' && state.status !== 'held') return false;
  return by.kind === 'agent' && state.agent.id === by.agentId;
}

/** He serves it, or was invited to it. */
export function takesPart(state: ConversationState, by: Anybody): boolean {
  if (isServing(state, by)) return true;
  if (state.status === 'new' || by.kind !== 'agent') return false;
  return state.helpers.some(({ id }) => id === by.agentId);
}

/** How the log names whoever acted. */
export function authorOf(by: Anybody): Author {
  if (by.kind !== 'agent') return { kind: by.kind };
  return { kind: 'agent', id: by.agentId, name: by.name };
}

/** Null when he may act here: it is his, or he may do so with others'. */
function strangerAt(
  state: Open,
  by: Anybody,
  others: Permission = 'conversation.manage-others',
): Decision | null {
  if (by.kind === 'system' || isServing(state, by)) return null;
  if (by.kind === 'visitor') return refuse('permission.missing', { permission: others });
  if (by.permissions.includes(others)) return null;
  return state.status === 'queued'
    ? refuse('conversation.not-taken')
    : refuse('conversation.not-yours', { agent: state.agent.name });
}

type Department = Rules['departments'][number];

/** Undefined for one that the settings no longer have. */
const departmentOf = ({ departmentId }: Open, { departments }: Rules): Department | undefined =>
  departments.find(({ id }) => id === departmentId);

function lacking(by: Anybody, permission: Permission): Decision | null {
  if (by.kind === 'agent' && by.permissions.includes(permission)) return null;
  return refuse('permission.missing', { permission });
}

// --- What a decision must ask of others before it is made.

/** Whose place the command needs, and as what; null when it needs none. */
export function placeFor(
  state: ConversationState,
  command: Command,
  by: Anybody,
): { agentId: AgentId; as: 'serving' | 'helping' } | null {
  const serving = (agentId: AgentId) => ({ agentId, as: 'serving' }) as const;
  switch (command.type) {
    case 'conversation.take':
      return by.kind === 'agent' ? serving(by.agentId) : null;
    case 'conversation.assign':
      return serving(command.agentId);
    case 'conversation.forward':
      return command.to.kind === 'agent' ? serving(command.to.agentId) : null;
    case 'agent.invite':
      return { agentId: command.agentId, as: 'helping' };
    case 'conversation.resume':
      return state.status === 'held' ? serving(state.agent.id) : null;
    case 'message.send':
      return state.status === 'held' && by.kind === 'visitor' ? serving(state.agent.id) : null;
    default:
      return null;
  }
}

/** Which department the command asks to let the conversation in; null when none. */
export function admissionFor(command: Command): DepartmentId | null {
  if (command.type === 'conversation.open') return command.departmentId;
  if (command.type !== 'conversation.forward') return null;
  return command.to.kind === 'department' ? command.to.departmentId : null;
}

const NOBODY_ASKED = refuse('agent.unknown');
const NOWHERE_ASKED = refuse('department.unattended');

/** The answers of those who have not been asked yet: whoever is asked is taken to say yes. */
export function hopedFor(
  state: ConversationState,
  command: Command,
  by: Anybody,
): Pick<Asked, 'place' | 'admission'> {
  const place = placeFor(state, command, by);
  const department = admissionFor(command);
  return {
    place: place ? accept({ id: place.agentId, name: '' }) : NOBODY_ASKED,
    admission: department ? accept(department) : NOWHERE_ASKED,
  };
}

/** A colleague's answer, in words for whoever asked in his stead. */
function ofColleague(place: Outcome<AgentFact>): Outcome<AgentFact> {
  if (place.ok) return place;
  const { code, details } = place.refusal;
  if (!details['agent']) return refuse('agent.unknown');
  const told: Partial<Record<RefusalCode, RefusalCode>> = {
    'agent.away': 'colleague.away',
    'agent.full': 'colleague.full',
  };
  return refuse(told[code] ?? code, details);
}

// --- The commands.

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

function decideSend(state: Open, { text }: CommandOf<'message.send'>, asked: Asked): Decision {
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

function mayWrite(state: Open, by: AgentBy, after: number): Decision | null {
  if (state.status === 'queued') return refuse('conversation.not-taken');
  if (!takesPart(state, by)) return refuse('conversation.not-yours', { agent: state.agent.name });
  if (state.status === 'held') return refuse('conversation.on-hold');
  const { lastReply } = state;
  if (lastReply && lastReply.seq > after && lastReply.agent.id !== by.agentId) {
    return refuse('message.stale', { agent: lastReply.agent.name });
  }
  return null;
}

function decideTake(state: Open, { by, place }: Asked): Decision {
  const no = lacking(by, 'conversation.take');
  if (no) return no;
  if (by.kind !== 'agent' || !by.departments.includes(state.departmentId)) {
    return refuse('department.not-yours');
  }
  if (isServing(state, by)) return accept([]);
  if (state.status !== 'queued') return refuse('conversation.taken', { agent: state.agent.name });
  return place.ok ? accept([{ type: 'conversation.taken', agent: place.value }]) : place;
}

function decideAssign(state: Open, { by, place }: Asked): Decision {
  if (by.kind !== 'system') return refuse('conversation.unknown');
  if (state.status !== 'queued') return refuse('conversation.taken', { agent: state.agent.name });
  return place.ok ? accept([{ type: 'conversation.taken', agent: place.value }]) : place;
}

function decideRequeue(state: Open, { by, rules }: Asked): Decision {
  const no = strangerAt(state, by);
  if (no) return no;
  if (state.status === 'queued') return refuse('conversation.not-taken');
  if (state.status === 'held') return refuse('conversation.on-hold');
  if (!departmentOf(state, rules)?.isManual) return refuse('routing.automatic');
  return accept([{ type: 'conversation.requeued', because: 'moved' }]);
}

function decideForward(
  state: Open,
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

function decideHold(state: Open, { by, rules }: Asked): Decision {
  const no = strangerAt(state, by) ?? lacking(by, 'conversation.hold');
  if (no) return no;
  if (!departmentOf(state, rules)?.holdAllowed) return refuse('hold.disabled');
  if (state.status === 'queued') return refuse('conversation.not-taken');
  if (state.status === 'held') return refuse('conversation.on-hold');
  if (state.lastMessage?.from !== 'agent') return refuse('hold.visitor-waits');
  return accept([{ type: 'conversation.held' }]);
}

function decideResume(state: Open, { by, place }: Asked): Decision {
  const no = strangerAt(state, by);
  if (no) return no;
  if (state.status !== 'held') return refuse('conversation.not-on-hold');
  const answer = isServing(state, by) ? place : ofColleague(place);
  return answer.ok ? accept([{ type: 'conversation.resumed' }]) : answer;
}

function decideEnd(
  state: Open,
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

function strangerToEnd(state: Open, by: Anybody): Decision | null {
  if (state.status === 'queued') return lacking(by, 'conversation.end-others');
  return strangerAt(state, by, 'conversation.end-others');
}

function incomplete(
  department: Department | undefined,
  comment: string | null,
  tags: readonly string[],
): Decision | null {
  if (department?.commentRequired && !comment) return refuse('ending.comment-required');
  if (department?.tagsRequired && tags.length === 0) return refuse('ending.tags-required');
  return null;
}

function unknownTag(tags: readonly string[] | undefined, rules: Rules): Decision | null {
  const unknown = tags?.find((tag) => !rules.tags.includes(tag));
  return unknown === undefined ? null : refuse('tag.unknown', { tag: unknown });
}

function decideInvite(
  state: Open,
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

function decideLeave(state: Open, { by }: Asked): Decision {
  const helper = state.helpers.find(({ id }) => by.kind === 'agent' && id === by.agentId);
  if (!helper) return refuse('conversation.not-invited');
  return accept([{ type: 'agent.left', agent: helper }]);
}

function decideDetails(
  state: Open,
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

type Wanted = Omit<CommandOf<'details.set'>, 'type'>;

/** Only what differs, so that the log tells what was done; null when nothing does. */
function changedIn(wanted: Wanted, details: OpenedConversation['details']): Wanted | null {
  const { tags, priority, sla } = wanted;
  const topic = wanted.topic === '' ? null : wanted.topic;
  const changes: Wanted = {
    ...(topic !== undefined && topic !== details.topic && { topic }),
    ...(tags && tags.join('\n') !== details.tags.join('\n') && { tags }),
    ...(priority !== undefined && priority !== details.priority && { priority }),
    ...(sla !== undefined && sla !== details.sla && { sla }),
  };
  return Object.keys(changes).length > 0 ? changes : null;
}
