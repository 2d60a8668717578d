// What happened in a conversation, other than its messages, as sentences for an agent.

import type { Sentence } from '#shared/conversation/describe.ts';
import type { DetailsChange, EndedBecause } from '#shared/conversation/events.ts';
// Not its object `m`: a bundler would keep every sentence of it.
import * as m from './compiled/messages.js';
import type { Locale } from './locale.ts';

/** The names of things that a log knows only by id. */
export interface Names {
  department(id: string): string;
  /** @param id null: the default */
  priority(id: string | null): string;
  sla(id: string): string;
  field(id: string): string;
}

type Key = Sentence['key'];
type Of<K extends Key> = Extract<Sentence, { key: K }>;
type At = { locale: Locale };
type Say<K extends Key> = (sentence: Of<K>, at: At, names: Names) => string;

const REQUEUED: Record<Of<'requeued'>['because'], (blanks: { by: string }, at: At) => string> = {
  moved: m.thread_requeued_moved,
  resumed: m.thread_requeued_resumed,
  unanswered: m.thread_requeued_unanswered,
  'agent-gone': m.thread_requeued_agent_gone,
};

const ENDED: Record<EndedBecause, (blanks: object, at: At) => string> = {
  'waited-too-long': m.thread_ended_waited_too_long,
  'held-too-long': m.thread_ended_held_too_long,
  'visitor-silent': m.thread_ended_visitor_silent,
  'agent-gone': m.thread_ended_agent_gone,
  blocked: m.thread_ended_blocked,
};

type Escalated = Of<'escalated'>['to'];

const ESCALATED: Record<Escalated, (blanks: { name: string }, at: At) => string> = {
  colleague: m.thread_escalated_to_colleague,
  department: m.thread_escalated_to_department,
};

const ESCALATED_BY_YOU: Record<Escalated, (blanks: object, at: At) => string> = {
  colleague: m.thread_escalated_you_to_colleague,
  department: m.thread_escalated_you_to_department,
};

const TEXTS: { [K in Key]: Say<K> } = {
  opened: m.thread_opened,
  taken: m.thread_taken,
  'taken-by-you': m.thread_taken_by_you,
  assigned: m.thread_assigned,
  'assigned-to-you': m.thread_assigned_to_you,
  requeued: ({ because, by, you }, at) =>
    you === 'by' ? m.thread_requeued_by_you({}, at) : REQUEUED[because]({ by: doer(by, at) }, at),
  'forwarded-to-agent': ({ by, name, you }, at) => {
    if (you === 'by') return m.thread_forwarded_to_agent_by_you({ name }, at);
    return you === 'to'
      ? m.thread_forwarded_to_you({ by: doer(by, at) }, at)
      : m.thread_forwarded_to_agent({ by: doer(by, at), name }, at);
  },
  'forwarded-to-department': ({ by, departmentId, you }, at, names) => {
    const department = names.department(departmentId);
    return you === 'by'
      ? m.thread_forwarded_to_department_by_you({ department }, at)
      : m.thread_forwarded_to_department({ by: doer(by, at), department }, at);
  },
  held({ by, you }, at) {
    if (you === 'by') return m.thread_held_by_you({}, at);
    return by ? m.thread_held({ by }, at) : m.thread_held_by_itself({}, at);
  },
  resumed({ by, you }, at) {
    if (you === 'by') return m.thread_resumed_by_you({}, at);
    return by ? m.thread_resumed({ by }, at) : m.thread_resumed_by_itself({}, at);
  },
  joined: ({ name, you }, at) =>
    you ? m.thread_joined_by_you({}, at) : m.thread_joined({ name }, at),
  invited({ by, name, you }, at) {
    if (you === 'by') return m.thread_invited_by_you({ name }, at);
    return you === 'to' ? m.thread_invited_you({ by }, at) : m.thread_invited({ by, name }, at);
  },
  left: ({ name, you }, at) => (you ? m.thread_left_by_you({}, at) : m.thread_left({ name }, at)),
  details({ by, details, you }, at, names) {
    const who =
      you === 'by' ? m.thread_details_by_you({}, at) : m.thread_details({ by: doer(by, at) }, at);
    return [who, ...detailsText(details, at, names)].join(' ');
  },
  'ended-by-visitor': m.thread_ended_by_visitor,
  'ended-by-agent': m.thread_ended_by_agent,
  'ended-by-you': m.thread_ended_by_you,
  'ended-by-itself': ({ because, message }, at) => withMessage(ENDED[because]({}, at), message, at),
  ended: ({ message }, at) => withMessage(m.thread_ended({}, at), message, at),
  comment: ({ name, you }, at) =>
    you ? m.thread_comment_by_you({}, at) : m.thread_comment({ name }, at),
  'sla-warned': ({ sla }, at, names) => m.thread_sla_warned({ sla: names.sla(sla) }, at),
  escalated({ name, to, you }, at) {
    if (you) return ESCALATED_BY_YOU[to]({}, at);
    return ESCALATED[to]({ name }, at);
  },
  renamed: ({ by, name, you }, at) =>
    you ? m.thread_renamed_by_you({ name }, at) : m.thread_renamed({ by, name }, at),
};

export function eventText(sentence: Sentence, names: Names, locale: Locale): string {
  // A key's function takes that key's sentence, by the table's type.
  return (TEXTS[sentence.key] as Say<Key>)(sentence, { locale }, names);
}

const doer = (name: string | null, at: At): string => name ?? m.thread_system({}, at);

const withMessage = (sentence: string, message: string | null, at: At): string =>
  message ? `${sentence} ${m.thread_ended_message({ text: message }, at)}` : sentence;

function detailsText(
  { topic, tags, priority, sla, fields = {} }: DetailsChange,
  at: At,
  names: Names,
): string[] {
  const none = m.details_none({}, at);
  const parts: string[] = [];
  if (topic !== undefined) parts.push(m.thread_details_topic({ value: topic || none }, at));
  if (tags) parts.push(m.thread_details_tags({ value: tags.join(', ') || none }, at));
  if (priority !== undefined) {
    parts.push(m.thread_details_priority({ value: names.priority(priority) }, at));
  }
  if (sla !== undefined) {
    parts.push(m.thread_details_sla({ value: sla ? names.sla(sla) : none }, at));
  }
  for (const [id, value] of Object.entries(fields)) {
    parts.push(m.thread_details_field({ field: names.field(id), value: value ?? none }, at));
  }
  return parts;
}
