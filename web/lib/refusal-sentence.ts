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
  'department.unknown': (d) => m.refusal_department_unknown({ department: word(d, 'department') }),
  'department.not-yours': () => m.refusal_department_not_yours(),
  'agent.away': () => m.refusal_agent_away(),
  'agent.full': (d) => m.refusal_agent_full({ limit: word(d, 'limit') }),
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
  return SENTENCES[code](details);
}
