// A note that calls an agent: what their workspace shows of it until they have opened the conversation.

import * as v from 'valibot';
import { conversationIdSchema, departmentIdSchema } from './ids.ts';

export const MENTION_CHARACTERS = 140;

export const mentionSchema = v.object({
  conversationId: conversationIdSchema,
  /** Of the note, in the conversation's log. */
  seq: v.number(),
  at: v.number(),
  /** The name of who wrote it. */
  by: v.string(),
  visitorName: v.string(),
  departmentId: departmentIdSchema,
  /** The beginning of the note. */
  text: v.string(),
});
export type Mention = v.InferOutput<typeof mentionSchema>;
