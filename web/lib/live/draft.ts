// A text in a composer, and the message that it becomes. The message is named before it goes into the outbox,
// so that a page that finds it there knows the text as sent.

import * as v from 'valibot';
import { commandIdSchema, newCommandId } from '#shared/ids.ts';
import { isBlank } from '#shared/text.ts';

const sendingSchema = v.object({ id: commandIdSchema, text: v.string() });

export const draftSchema = v.object({ text: v.string(), sending: v.nullable(sendingSchema) });

/** What is on its way into the outbox. */
export type Sending = v.InferOutput<typeof sendingSchema>;
export type Draft = v.InferOutput<typeof draftSchema>;

export const NO_DRAFT: Draft = { text: '', sending: null };

/** Sending the same text once more is the same message. Null when there is nothing to send. */
export function startSending({ text, sending }: Draft): Sending | null {
  if (isBlank(text)) return null;
  return sending?.text === text ? sending : { id: newCommandId(), text };
}

/** The outbox has what was sent. What was written since then stays. */
export function finishSending({ text, sending }: Draft): Draft {
  const sent = sending?.text ?? '';
  return { text: text.startsWith(sent) ? text.replace(sent, '') : text, sending: null };
}
