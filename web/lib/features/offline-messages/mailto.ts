// A reply to an offline message, begun in the agent’s own mail program.

import type { OfflineMessage } from '#shared/api.ts';
import { shortened } from '#shared/text.ts';

/** Programs cut longer addresses off. */
const QUOTED_CHARACTERS = 800;

export function mailto({ email, text }: OfflineMessage, subject: string): string {
  const quote = text.toWellFormed(); // What was stored before texts were cleaned may not be.
  const short =
    quote.length > QUOTED_CHARACTERS ? `${shortened(quote, QUOTED_CHARACTERS)}…` : quote;
  const quoted = short
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\r\n');
  // Not URLSearchParams: a mail program would show its plus signs.
  const query = `subject=${encodeURIComponent(subject.toWellFormed())}&body=${encodeURIComponent(`\r\n\r\n${quoted}`)}`;
  return `mailto:${encodeURIComponent(email.toWellFormed()).replace('%40', '@')}?${query}`;
}
