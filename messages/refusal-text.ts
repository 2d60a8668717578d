// Every refusal as a sentence for a person.

import type { DetailsOf, Refusal, RefusalCode } from '#shared/refusals.ts';
// Not its object `m`: a bundler would keep every sentence of it.
import * as m from './compiled/messages.js';
import type { Locale } from './locale.ts';

type Say<C extends RefusalCode> = (details: DetailsOf<C>, options: { locale: Locale }) => string;

const SENTENCES: { [C in RefusalCode]: Say<C> } = {
  'conversation.unknown': m.refusal_conversation_unknown,
  'conversation.exists': m.refusal_conversation_exists,
  'conversation.closed': m.refusal_conversation_closed,
  'conversation.not-closed': m.refusal_conversation_not_closed,
  'conversation.taken': m.refusal_conversation_taken,
  'conversation.not-taken': m.refusal_conversation_not_taken,
  'conversation.not-yours': m.refusal_conversation_not_yours,
  'conversation.on-hold': m.refusal_conversation_on_hold,
  'conversation.not-on-hold': m.refusal_conversation_not_on_hold,
  'conversation.not-invited': m.refusal_conversation_not_invited,
  'conversation.full': m.refusal_conversation_full,
  'routing.automatic': m.refusal_routing_automatic,
  'forward.same-agent': m.refusal_forward_same_agent,
  'forward.same-department': m.refusal_forward_same_department,
  'hold.disabled': m.refusal_hold_disabled,
  'hold.visitor-waits': m.refusal_hold_visitor_waits,
  'ending.comment-required': m.refusal_ending_comment_required,
  'ending.tags-required': m.refusal_ending_tags_required,
  'tag.unknown': m.refusal_tag_unknown,
  'priority.unknown': m.refusal_priority_unknown,
  'sla.unknown': m.refusal_sla_unknown,
  'field.unknown': m.refusal_field_unknown,
  'field.required': m.refusal_field_required,
  'field.wrong-text': m.refusal_field_wrong_text,
  'field.not-a-number': m.refusal_field_not_a_number,
  'field.not-a-choice': m.refusal_field_not_a_choice,
  'field.not-a-date': m.refusal_field_not_a_date,
  'department.unknown': m.refusal_department_unknown,
  'department.not-yours': m.refusal_department_not_yours,
  'department.disabled': m.refusal_department_disabled,
  'department.offline': m.refusal_department_offline,
  'department.full': m.refusal_department_full,
  'department.accepting': m.refusal_department_accepting,
  'visitor.busy': m.refusal_visitor_busy,
  'agent.away': m.refusal_agent_away,
  'agent.full': m.refusal_agent_full,
  'agent.unknown': m.refusal_agent_unknown,
  'agent.offline': m.refusal_agent_offline,
  'colleague.away': m.refusal_colleague_away,
  'colleague.full': m.refusal_colleague_full,
  'permission.missing': m.refusal_permission_missing,
  'message.stale': m.refusal_message_stale,
  'message.too-long': m.refusal_message_too_long,
  'drafts.full': m.refusal_drafts_full,
  'direct-chat.one-way': m.refusal_direct_chat_one_way,
  'canned-response.unknown': m.refusal_canned_response_unknown,
  'canned-response.exists': m.refusal_canned_response_exists,
  'canned-response.changed': m.refusal_canned_response_changed,
  'canned-response.not-yours': m.refusal_canned_response_not_yours,
  'canned-response.full': m.refusal_canned_response_full,

  // The edge says no: malformed, unauthenticated, or not at this address.
  'frame.malformed': m.refusal_frame_malformed,
  'frame.too-large': m.refusal_frame_too_large,
  'frame.too-early': m.refusal_frame_too_early,
  'protocol.unsupported': m.refusal_protocol_unsupported,
  'body.malformed': m.refusal_body_malformed,
  'body.too-large': m.refusal_body_too_large,
  'route.unknown': m.refusal_route_unknown,
  'origin.refused': m.refusal_origin_refused,
  'transport.insecure': m.refusal_transport_insecure,
  'session.missing': m.refusal_session_missing,
  'session.wrong': m.refusal_session_wrong,
  'session.locked': m.refusal_session_locked,
  'session.unconfirmed': m.refusal_session_unconfirmed,
  'session.unknown': m.refusal_session_unknown,
  'second-factor.missing': m.refusal_second_factor_missing,
  'second-factor.wrong': m.refusal_second_factor_wrong,
  'second-factor.locked': m.refusal_second_factor_locked,
  'second-factor.expired': m.refusal_second_factor_expired,
  'second-factor.off': m.refusal_second_factor_off,
  'second-factor.on': m.refusal_second_factor_on,
  'second-factor.required': m.refusal_second_factor_required,
  'password.wrong': m.refusal_password_wrong,
  'password-reset.unknown': m.refusal_password_reset_unknown,
  'passkey.refused': m.refusal_passkey_refused,
  'passkey.unknown': m.refusal_passkey_unknown,
  'passkey.full': m.refusal_passkey_full,
  'visitor.missing': m.refusal_visitor_missing,
  'visitor.unchecked': m.refusal_visitor_unchecked,
  'check.failed': m.refusal_check_failed,
  'check.expired': m.refusal_check_expired,
  'file.not-an-image': m.refusal_file_not_an_image,
  'offline-message.unknown': m.refusal_offline_message_unknown,
  'offline-message.full': m.refusal_offline_message_full,
  'push.unknown-service': m.refusal_push_unknown_service,
  'push.unknown-device': m.refusal_push_unknown_device,
  'undelivered.unknown': m.refusal_undelivered_unknown,
  'projection.unknown': m.refusal_projection_unknown,
  'file.unknown': m.refusal_file_unknown,
  'rate.limited': m.refusal_rate_limited,

  // A defect: the log, found by this id, knows more.
  defect: m.refusal_defect,
};

export function refusalText({ code, details }: Refusal, locale: Locale): string {
  // The server may be newer than this page.
  if (!Object.hasOwn(SENTENCES, code)) return m.refusal_other({}, { locale });
  // A code's function takes that code's details, by the table's type.
  return (SENTENCES[code] as Say<RefusalCode>)(details, { locale });
}
