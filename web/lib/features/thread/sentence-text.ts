// The words for what happened in a conversation, other than its messages.

import type { Sentence } from '#shared/conversation/describe.ts';
import type { ConversationEvent, Details, EndedBecause } from '#shared/conversation/events.ts';
import type { Names } from '#web/lib/live/names.ts';
import { m } from '#web/paraglide/messages.js';

type RequeuedBecause = Extract<ConversationEvent, { type: 'conversation.requeued' }>['because'];

export function sentenceText(sentence: Sentence, names: Names): string {
  switch (sentence.key) {
    case 'opened':
      return m.thread_opened();
    case 'taken':
      return m.thread_taken({ name: sentence.name });
    case 'taken-by-you':
      return m.thread_taken_by_you();
    case 'assigned':
      return m.thread_assigned({ name: sentence.name });
    case 'assigned-to-you':
      return m.thread_assigned_to_you();
    case 'requeued':
      return REQUEUED[sentence.because](doer(sentence.by));
    case 'forwarded-to-agent':
      return m.thread_forwarded_to_agent({ by: doer(sentence.by), name: sentence.name });
    case 'forwarded-to-department': {
      const department = names.department(sentence.departmentId);
      return m.thread_forwarded_to_department({ by: doer(sentence.by), department });
    }
    case 'held':
      return sentence.by ? m.thread_held({ by: sentence.by }) : m.thread_held_by_itself();
    case 'resumed':
      return sentence.by ? m.thread_resumed({ by: sentence.by }) : m.thread_resumed_by_itself();
    case 'joined':
      return m.thread_joined({ name: sentence.name });
    case 'invited':
      return m.thread_invited({ by: sentence.by, name: sentence.name });
    case 'left':
      return m.thread_left({ name: sentence.name });
    case 'details':
      return detailsText(doer(sentence.by), sentence.details, names);
    case 'ended-by-visitor':
      return m.thread_ended_by_visitor();
    case 'ended-by-agent':
      return m.thread_ended_by_agent({ name: sentence.name });
    case 'ended-by-you':
      return m.thread_ended_by_you();
    case 'ended-by-itself':
      return withMessage(ENDED[sentence.because](), sentence.message);
    case 'ended':
      return withMessage(m.thread_ended(), sentence.message);
    case 'comment':
      return m.thread_comment({ name: sentence.name });
  }
}

const doer = (name: string | null): string => name ?? m.thread_desk();

const REQUEUED: Record<RequeuedBecause, (by: string) => string> = {
  moved: (by) => m.thread_requeued_moved({ by }),
  resumed: () => m.thread_requeued_resumed(),
  unanswered: () => m.thread_requeued_unanswered(),
  'agent-gone': () => m.thread_requeued_agent_gone(),
};

const ENDED: Record<EndedBecause, () => string> = {
  'waited-too-long': () => m.thread_ended_waited_too_long(),
  'held-too-long': () => m.thread_ended_held_too_long(),
  'visitor-silent': () => m.thread_ended_visitor_silent(),
  'agent-gone': () => m.thread_ended_agent_gone(),
};

const withMessage = (sentence: string, message: string | null): string =>
  message ? `${sentence} ${m.thread_ended_message({ text: message })}` : sentence;

function detailsText(by: string, details: Partial<Details>, names: Names): string {
  const { topic, tags, priority, sla } = details;
  const parts = [m.thread_details({ by })];
  if (topic !== undefined) parts.push(m.thread_details_topic({ value: topic || m.details_none() }));
  if (tags !== undefined) {
    parts.push(m.thread_details_tags({ value: tags.join(', ') || m.details_none() }));
  }
  if (priority !== undefined) {
    parts.push(m.thread_details_priority({ value: names.priority(priority) }));
  }
  if (sla !== undefined)
    parts.push(m.thread_details_sla({ value: sla ? names.sla(sla) : m.details_none() }));
  return parts.join(' ');
}
