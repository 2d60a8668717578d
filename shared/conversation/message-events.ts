// What happens to messages in a log that people talk in: conversations and direct chats have the same.

import * as v from 'valibot';
import { authorSchema, type Author } from '#shared/identity.ts';
import { commandIdSchema } from '#shared/ids.ts';
import { shortened } from '#shared/text.ts';
import { bodySchema, type MessageBody } from './body.ts';

/** What every log adds to what was decided. */
export const envelope = {
  /** Gapless in the log, from 1. A visitor's copy has gaps where events were not for them. */
  seq: v.number(),
  /** Epoch milliseconds. For people to read; order is `seq`. */
  at: v.number(),
  /** The command that caused it. */
  id: commandIdSchema,
  by: authorSchema,
};

/** The message that another one answers. */
export const quoteSchema = v.object({
  seq: v.number(),
  by: authorSchema,
  /** Its beginning, or the name of its first file; empty: it was deleted since. */
  text: v.string(),
});
export type Quote = v.InferOutput<typeof quoteSchema>;

export const messageSentSchema = v.object({
  ...envelope,
  type: v.literal('message.sent'),
  /** Of a deleted message, with no text and no files. */
  body: bodySchema,
  replyTo: v.optional(quoteSchema),
  /** Never stored: a message that is read again after its author has changed it says when that was. */
  editedAt: v.optional(v.number()),
});
export const messageEditedSchema = v.object({
  ...envelope,
  type: v.literal('message.edited'),
  /** The `seq` of the message. */
  message: v.number(),
  body: bodySchema,
});
export const messageDeletedSchema = v.object({
  ...envelope,
  type: v.literal('message.deleted'),
  /** The `seq` of the message. */
  message: v.number(),
});

export type MessageSent = v.InferOutput<typeof messageSentSchema>;
/** Its author has changed or deleted a message. */
export type Amendment =
  v.InferOutput<typeof messageEditedSchema> | v.InferOutput<typeof messageDeletedSchema>;

const PREVIEW_CHARACTERS = 140;

/** The beginning of the text, or the name of the first file; empty only for a deleted message. */
export const previewOf = ({ text, files }: MessageBody): string =>
  shortened(text || (files[0]?.name ?? ''), PREVIEW_CHARACTERS);

export const quoteOf = ({
  seq,
  by,
  body,
}: {
  seq: number;
  by: Author;
  body: MessageBody;
}): Quote => ({
  seq,
  by,
  text: previewOf(body),
});
