// What a conversation's log holds of words: the messages of both sides, and the notes and comments of agents.

import * as v from 'valibot';
import { isDeleted } from '#shared/conversation/amendments.ts';
import type { MessageBody } from '#shared/conversation/body.ts';
import type { ConversationEvent } from '#shared/conversation/events.ts';
import { authorSchema } from '#shared/identity.ts';

export const saidSchema = v.object({
  seq: v.number(),
  /** Epoch milliseconds. */
  at: v.number(),
  by: authorSchema,
  /** For agents only. */
  isNote: v.boolean(),
  /** With the names of files, a line each. */
  text: v.string(),
});
export type Said = v.InferOutput<typeof saidSchema>;

/** Null for what has no words of people, or none any more. */
export function saidIn(event: ConversationEvent): Said | null {
  const { seq, at, by } = event;
  if (event.type === 'comment.added') return { seq, at, by, isNote: true, text: event.text };
  if (event.type !== 'message.sent' && event.type !== 'note.added') return null;
  if (isDeleted(event.body)) return null;
  return { seq, at, by, isNote: event.type === 'note.added', text: textOf(event.body) };
}

export function textOf({ text, files }: MessageBody): string {
  const names = files.map(({ name }) => name);
  return text === '' ? names.join('\n') : [text, ...names].join('\n');
}
