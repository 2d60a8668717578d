// What happened in a conversation, other than its messages, as sentences for its visitor.

import type { VisitorSentence } from '#shared/conversation/describe-to-visitor.ts';
// Not its object `m`: a bundler would keep every sentence of it.
import * as m from './compiled/messages.js';
import type { Locale } from './locale.ts';

type Key = VisitorSentence['key'];
type Of<K extends Key> = Extract<VisitorSentence, { key: K }>;
type Say<K extends Key> = (sentence: Of<K>, at: { locale: Locale }) => string;

const TEXTS: { [K in Key]: Say<K> } = {
  opened: m.widget_line_opened,
  taken: m.widget_line_taken,
  joined: m.widget_line_joined,
  left: m.widget_line_left,
  'ended-by-agent': m.widget_line_ended,
  'ended-by-you': m.widget_line_ended_by_you,
  fields: ({ fields }, at) =>
    fields.map(({ name, value }) => m.widget_field({ name, value: value ?? '–' }, at)).join('\n'),
  ended: ({ message }, at) => message ?? m.widget_line_ended_by_itself({}, at),
};

export function visitorEventText(sentence: VisitorSentence, locale: Locale): string {
  // A key's function takes that key's sentence, by the table's type.
  return (TEXTS[sentence.key] as Say<Key>)(sentence, { locale });
}
