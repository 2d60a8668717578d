// What a message says: a text, files, or both.

import * as v from 'valibot';
import { fileIdSchema } from '#shared/ids.ts';
import { isBlank } from '#shared/text.ts';
import { textSchema } from '#shared/text-schema.ts';

export const fileSchema = v.object({
  id: fileIdSchema,
  /** As its sender called it. */
  name: v.string(),
  /** Such as `image/png`. */
  mediaType: v.string(),
  bytes: v.number(),
});
export type FileRef = v.InferOutput<typeof fileSchema>;

export const bodySchema = v.object({
  text: v.string(),
  files: v.array(fileSchema),
});
export type MessageBody = v.InferOutput<typeof bodySchema>;

const FILES_MOST = 10;

/** A body that may be sent. The greatest length of a text is a setting, so it is judged where settings are known. */
export const sendableBodySchema = v.pipe(
  v.strictObject({
    text: textSchema,
    files: v.pipe(v.array(v.strictObject(fileSchema.entries)), v.maxLength(FILES_MOST)),
  }),
  v.check(
    ({ text, files }) => !isBlank(text) || files.length > 0,
    'a text that is not blank, or a file',
  ),
);

export const textBody = (text: string): MessageBody => ({ text, files: [] });
