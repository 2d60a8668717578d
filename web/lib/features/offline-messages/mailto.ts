// A reply to an offline message, begun in the agent’s own mail program.

import type { OfflineMessage } from '#shared/api.ts';

/** Programs cut longer addresses off. */
const QUOTED_CHARACTERS = 800;

export function mailto({ email, text }: OfflineMessage, subject: string): string {
  const short = text.length > QUOTED_CHARACTERS ? `${text.slice(0, QUOTED_CHARACTERS)}…` : text;
  const quoted = short
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\r\n');
  // Not URLSearchParams: a mail program would show its plus signs.
  const query = `subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(`\r\n\r\n${quoted}`)}`;
  return `mailto:${encodeURIComponent(email).replace('%40', '@')}?${query}`;
}
