// The catalogue's words for what happened in a conversation, other than its messages.

import type { VisitorSentence } from '#shared/conversation/describe-to-visitor.ts';
import { m } from '#web/paraglide/messages.js';

export function sentenceText(sentence: VisitorSentence): string {
  switch (sentence.key) {
    case 'opened':
      return m.widget_line_opened();
    case 'taken':
      return m.widget_line_taken({ name: sentence.name });
    case 'joined':
      return m.widget_line_joined({ name: sentence.name });
    case 'left':
      return m.widget_line_left({ name: sentence.name });
    case 'ended-by-agent':
      return m.widget_line_ended({ name: sentence.name });
    case 'ended-by-you':
      return m.widget_line_ended_by_you();
    case 'ended':
      return sentence.message ?? m.widget_line_ended_by_itself();
  }
}
