// What the desk says when it says no, in the agent's language.

import type { Refusal, RefusalCode } from '#shared/refusals.ts';
import { m } from '#web/paraglide/messages.js';

type Details = Refusal['details'];

const SENTENCES = {
  'conversation.unknown': () => m.refusal_conversation_unknown(),
  'conversation.exists': () => m.refusal_conversation_exists(),
  'conversation.closed': () => m.refusal_conversation_closed(),
  'conversation.taken': (d) => m.refusal_conversation_taken({ agent: word(d, 'agent') }),
  'conversation.not-taken': () => m.refusal_conversation_not_taken(),
  'conversation.not-yours': (d) => m.refusal_conversation_not_yours({ agent: word(d, 'agent') }),
  'conversation.on-hold': () => m.refusal_conversation_on_hold(),
  'conversation.not-on-hold': () => m.refusal_conversation_not_on_hold(),
  'conversation.not-invited': () => m.refusal_conversation_not_invited(),
  'routing.automatic': () => m.refusal_routing_automatic(),
  'forward.same-agent': (d) => m.refusal_forward_same_agent({ agent: word(d, 'agent') }),
  'forward.same-department': () => m.refusal_forward_same_department(),
  'hold.disabled': () => m.refusal_hold_disabled(),
  'hold.visitor-waits': () => m.refusal_hold_visitor_waits(),
  'ending.comment-required': () => m.refusal_ending_comment_required(),
  'ending.tags-required': () => m.refusal_ending_tags_required(),
  'tag.unknown': (d) => m.refusal_tag_unknown({ tag: word(d, 'tag') }),
  'priority.unknown': (d) => m.refusal_priority_unknown({ priority: word(d, 'priority') }),
  'sla.unknown': (d) => m.refusal_sla_unknown({ sla: word(d, 'sla') }),
  'department.unknown': (d) => m.refusal_department_unknown({ department: word(d, 'department') }),
  'department.not-yours': () => m.refusal_department_not_yours(),
  'department.disabled': (d) =>
    m.refusal_department_disabled({ department: word(d, 'department') }),
  'department.offline': () => m.refusal_department_offline(),
  'agent.away': () => m.refusal_agent_away(),
  'agent.full': (d) => m.refusal_agent_full({ limit: word(d, 'limit') }),
  'agent.unknown': () => m.refusal_agent_unknown(),
  'agent.offline': (d) => m.refusal_agent_offline({ agent: word(d, 'agent') }),
  'colleague.away': (d) => m.refusal_colleague_away({ agent: word(d, 'agent') }),
  'colleague.full': (d) =>
    m.refusal_colleague_full({ agent: word(d, 'agent'), limit: word(d, 'limit') }),
  'permission.missing': (d) => m.refusal_permission_missing({ permission: word(d, 'permission') }),
  'message.stale': (d) => m.refusal_message_stale({ agent: word(d, 'agent') }),
  'message.too-long': (d) =>
    m.refusal_message_too_long({ limit: word(d, 'limit'), found: word(d, 'found') }),
  'frame.malformed': (d) => m.refusal_frame_malformed({ problem: word(d, 'problem') }),
  'frame.too-large': (d) => m.refusal_frame_too_large({ limit: word(d, 'limit') }),
  'frame.too-early': () => m.refusal_frame_too_early(),
  'protocol.unsupported': () => m.refusal_protocol_unsupported(),
  'body.malformed': (d) => m.refusal_body_malformed({ problem: word(d, 'problem') }),
  'body.too-large': (d) => m.refusal_body_too_large({ limit: word(d, 'limit') }),
  'route.unknown': () => m.refusal_route_unknown(),
  'origin.refused': (d) => m.refusal_origin_refused({ origin: word(d, 'origin') }),
  'session.missing': () => m.refusal_session_missing(),
  'session.wrong': () => m.refusal_session_wrong(),
  'session.locked': (d) => m.refusal_session_locked({ minutes: word(d, 'minutes') }),
  'visitor.missing': () => m.refusal_visitor_missing(),
  'file.not-an-image': () => m.refusal_file_not_an_image(),
  'left-message.unknown': () => m.refusal_left_message_unknown(),
  'undelivered.unknown': () => m.refusal_undelivered_unknown(),
  'file.unknown': () => m.refusal_file_unknown(),
  defect: (d) => m.refusal_defect({ request: word(d, 'request') }),
} satisfies Record<RefusalCode, (details: Details) => string>;

const word = (details: Details, name: string): string => String(details[name] ?? name);

export function refusalSentence({ code, details }: Refusal): string {
  // The desk may be newer than this page.
  return Object.hasOwn(SENTENCES, code) ? SENTENCES[code](details) : m.refusal_other();
}
