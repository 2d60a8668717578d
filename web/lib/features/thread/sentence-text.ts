// The words for what happened in a conversation, other than its messages.

import type { Sentence } from '#shared/describe.ts';
import { m } from '#web/paraglide/messages.js';

export function sentenceText(sentence: Sentence): string {
  switch (sentence.key) {
    case 'opened':
      return m.thread_opened();
    case 'taken':
      return m.thread_taken({ name: sentence.name });
    case 'taken-by-you':
      return m.thread_taken_by_you();
    case 'ended-by-visitor':
      return m.thread_ended_by_visitor();
    case 'ended-by-agent':
      return m.thread_ended_by_agent({ name: sentence.name });
    case 'ended-by-you':
      return m.thread_ended_by_you();
    case 'comment':
      return m.thread_comment({ name: sentence.name });
  }
}
