// What can be asked of several conversations at once.

import * as v from 'valibot';
import { conversationCommandSchema } from '#shared/conversation/commands.ts';
import { commandIdSchema } from '#shared/ids.ts';

const FOR_MANY = ['conversation.forward', 'conversation.end', 'details.set'];

/** `POST /api/conversations/:id/commands` */
export const manyCommandBody = v.strictObject({
  /** A retry carries the same one, and is answered as at first. */
  id: commandIdSchema,
  command: v.pipe(
    conversationCommandSchema,
    v.check(({ type }) => FOR_MANY.includes(type), 'a command for several conversations'),
  ),
});
export type ManyCommand = v.InferOutput<typeof manyCommandBody>['command'];
